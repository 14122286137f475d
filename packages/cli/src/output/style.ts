/** Colours of the terminal, or none. */
import type { VerdictWord } from "@mesascope/lab/studies";
import type { Output, World } from "../world.ts";

/** Marks text; returns it as it is where colours are not wanted. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const marked = (open: number, close: number) => (text: string) =>
  `\u001b[${open}m${text}\u001b[${close}m`;
const plain = (text: string) => text;

/** The style for a stream: no colour when it is not a terminal, or with NO_COLOR (https://no-color.org). */
export function styleFor(output: Output, env: World["env"]): Style {
  const coloured = output.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  return coloured
    ? { bold: marked(1, 22), dim: marked(2, 22), good: marked(36, 39), bad: marked(31, 39) }
    : { bold: plain, dim: plain, good: plain, bad: plain };
}

/** A verdict's word in its colour; the word carries the meaning. */
export function verdictWord(style: Style, word: VerdictWord): string {
  if (word === "supported") return style.good(word);
  return word === "contradicted" ? style.bad(word) : style.dim(word);
}
