/** Mathematics as MathML, which browsers set by themselves: no fonts and no style sheet to carry along. */
import katex from "katex";
import { type Html, trusted } from "./html.ts";

/** Mathematics within a line, from TeX. */
export function math(tex: string): Html {
  return trusted(mathml(tex, false));
}

/** Mathematics on a line of its own, from TeX. */
export function display(tex: string): Html {
  return trusted(`<div class="display">${mathml(tex, true)}</div>`);
}

function mathml(tex: string, displayMode: boolean): string {
  return katex
    .renderToString(tex, { output: "mathml", displayMode, throwOnError: true })
    .replace(/<annotation[^>]*>[\s\S]*?<\/annotation>/g, "")
    .replace(/^<span class="katex(?:-display)?">(.*)<\/span>$/s, "$1");
}
