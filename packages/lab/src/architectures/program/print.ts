/** Programs as text; `parseProgram` reads back what is printed. */
import type { Program } from "../../core/index.ts";
import { placeOf, primitives, Sort } from "./primitives.ts";

/** The program on one line: `loop { mark; choose { step } by marks }`. */
export function printProgram(program: Program): string {
  const [text, end] = printBlock(program, 0);
  if (end !== program.length) throw new RangeError("the program goes on after its end");
  return text;
}

type Printed = readonly [text: string, end: number];

function printBlock(program: Program, from: number): Printed {
  const statements: string[] = [];
  let at = from;
  while (program[at] === placeOf.more) {
    const [text, end] = printTerm(program, at + 1);
    statements.push(text);
    at = end;
  }
  if (program[at] !== placeOf.end) throw new RangeError("the program is cut short");
  return [statements.join("; "), at + 1];
}

const braces = (text: string) => (text === "" ? "{}" : `{ ${text} }`);

function printTerm(program: Program, from: number): Printed {
  const place = program[from];
  const primitive = place === undefined ? undefined : primitives[place];
  if (!primitive) throw new RangeError("the program is cut short");
  const parts: string[] = [];
  let at = from + 1;
  for (const sort of primitive.args) {
    const [text, end] = sort === Sort.block ? printBlock(program, at) : printTerm(program, at);
    parts.push(sort === Sort.block ? braces(text) : text);
    at = end;
  }
  const [a, b, c] = parts;
  switch (primitive.name) {
    case "else":
      return [`if ${a} ${b} else ${c}`, at];
    case "choose":
      return [`choose ${a} by ${b}`, at];
    case "less":
      return [`${a} < ${b}`, at];
    default:
      return [[primitive.name, ...parts].join(" "), at];
  }
}
