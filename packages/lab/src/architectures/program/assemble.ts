/**
 * Machine code for programs. Jumps are relative, so that the code of a term is put together from the code of its
 * parts wherever these stand.
 */
import { InputError, type Program } from "../../core/index.ts";
import { placeOf, primitives } from "./primitives.ts";

/** Operations of the machine; those with an operand say so. */
export const Op = {
  halt: 0,
  step: 1,
  left: 2,
  right: 3,
  mark: 4,
  clear: 5,
  marked: 6,
  not: 7,
  /** Jumps ahead by the operand unless the last test held. */
  unless: 8,
  /** Jumps ahead by the operand. */
  skip: 9,
  /** Jumps back by the operand. */
  back: 10,
  scent: 11,
  marks: 12,
  weight: 13,
  less: 14,
  /** Begins a trial whose block is as long as the operand. */
  try: 15,
  undo: 16,
  /** Begins the trials of the four headings; operand as for `try`. */
  choose: 17,
  /** Ends one heading's trial; jumps back by the operand to the next. */
  next: 18,
  /** Looks at the neighbour at the operand's turn (0 ahead, 1 right, 3 left), until `undo`. */
  look: 19,
} as const;

/** Deepest nesting of a program. */
export const deepest = 200;

const plain = new Int32Array(primitives.length).fill(-1);
for (const name of ["step", "left", "right", "mark", "clear", "marked", "not"] as const)
  plain[placeOf[name]] = Op[name];
for (const name of ["scent", "marks", "weight", "less"] as const) plain[placeOf[name]] = Op[name];

/** Writes the code of a primitive applied to parts; see `EnumerableTask.emit`. */
export function emit(
  place: number,
  words: Uint16Array,
  starts: ArrayLike<number>,
  ends: ArrayLike<number>,
  out: Uint16Array,
  at: number,
): number {
  let to = at;
  const part = (i: number) => {
    for (let w = starts[i]!; w < ends[i]!; w++) out[to++] = words[w]!;
  };
  const length = (i: number) => ends[i]! - starts[i]!;
  const write = (op: number, operand: number) => {
    out[to++] = op;
    out[to++] = operand;
  };
  switch (place) {
    case placeOf.end:
      break;
    case placeOf.if:
      part(0);
      write(Op.unless, length(1));
      part(1);
      break;
    case placeOf.else:
      part(0);
      write(Op.unless, length(1) + 2);
      part(1);
      write(Op.skip, length(2));
      part(2);
      break;
    case placeOf.while:
      part(0);
      write(Op.unless, length(1) + 2);
      part(1);
      write(Op.back, length(0) + length(1) + 4);
      break;
    case placeOf.loop:
      part(0);
      write(Op.back, length(0) + 2);
      break;
    case placeOf.choose:
      write(Op.choose, length(0));
      part(0);
      part(1);
      write(Op.next, length(0) + length(1) + 2);
      part(0);
      break;
    case placeOf.try:
      write(Op.try, length(0));
      part(0);
      part(1);
      out[to++] = Op.undo;
      break;
    case placeOf.ahead:
    case placeOf.toleft:
    case placeOf.toright:
      write(Op.look, place === placeOf.ahead ? 0 : place === placeOf.toright ? 1 : 3);
      part(0);
      out[to++] = Op.undo;
      break;
    default:
      for (let i = 0; i < primitives[place]!.args.length; i++) part(i);
      if (plain[place]! >= 0) out[to++] = plain[place]!;
  }
  return to;
}

/**
 * Code of a whole program, ready to run.
 * @throws InputError for a program nested deeper than 200 or longer than 65,535 words.
 */
export function assemble(program: Program): Uint16Array {
  const term = (from: number, depth: number): { code: Uint16Array; end: number } => {
    if (depth > deepest) throw new InputError(`the program is nested deeper than ${deepest}`);
    const place = program[from]!;
    const parts: Uint16Array[] = [];
    let end = from + 1;
    for (const _ of primitives[place]!.args) {
      const part = term(end, depth + 1);
      parts.push(part.code);
      end = part.end;
    }
    return { code: join(place, parts), end };
  };
  // The statements of the outermost block in turn: a long program is not a deep one.
  const pieces: Uint16Array[] = [];
  let at = 0;
  while (program[at] === placeOf.more) {
    const { code, end } = term(at + 1, 1);
    pieces.push(code);
    at = end;
  }
  const length = pieces.reduce((sum, { length }) => sum + length, 1);
  if (length > 0xffff) throw new InputError("the program is longer than 65535 machine words");
  const code = new Uint16Array(length);
  let to = 0;
  for (const piece of pieces) {
    code.set(piece, to);
    to += piece.length;
  }
  return code;
}

function join(place: number, parts: readonly Uint16Array[]): Uint16Array {
  const words = new Uint16Array(parts.reduce((sum, { length }) => sum + length, 0));
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const part of parts) {
    words.set(part, at);
    starts.push(at);
    at += part.length;
    ends.push(at);
  }
  if (at > 0x7fff) throw new InputError("the program is longer than 65535 machine words");
  const out = new Uint16Array(2 * words.length + 8);
  return out.slice(0, emit(place, words, starts, ends, out, 0));
}
