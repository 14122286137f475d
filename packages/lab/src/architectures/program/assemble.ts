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

/** The code of a part, or an operation whose operand, if it has one, is the length of some parts and a constant. */
type Piece =
  | { readonly part: number }
  | { readonly op: number; readonly over?: readonly number[]; readonly plus?: number };

const part = (i: number): Piece => ({ part: i });

const recipes: Readonly<Partial<Record<string, readonly Piece[]>>> = {
  if: [part(0), { op: Op.unless, over: [1] }, part(1)],
  else: [
    part(0),
    { op: Op.unless, over: [1], plus: 2 },
    part(1),
    { op: Op.skip, over: [2] },
    part(2),
  ],
  while: [
    part(0),
    { op: Op.unless, over: [1], plus: 2 },
    part(1),
    { op: Op.back, over: [0, 1], plus: 4 },
  ],
  loop: [part(0), { op: Op.back, over: [0], plus: 2 }],
  choose: [
    { op: Op.choose, over: [0] },
    part(0),
    part(1),
    { op: Op.next, over: [0, 1], plus: 2 },
    part(0),
  ],
  try: [{ op: Op.try, over: [0] }, part(0), part(1), { op: Op.undo }],
  ahead: [{ op: Op.look, over: [], plus: 0 }, part(0), { op: Op.undo }],
  toleft: [{ op: Op.look, over: [], plus: 3 }, part(0), { op: Op.undo }],
  toright: [{ op: Op.look, over: [], plus: 1 }, part(0), { op: Op.undo }],
};

/** Recipes by place; primitives without one are their parts and then their own operation, if they have one. */
const byPlace: readonly (readonly Piece[])[] = primitives.map(
  ({ name, args }) =>
    recipes[name] ?? [
      ...args.map((_, i) => part(i)),
      ...(name in Op ? [{ op: Op[name as keyof typeof Op] }] : []),
    ],
);

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
  const recipe = byPlace[place]!;
  for (let p = 0; p < recipe.length; p++) {
    const piece = recipe[p]!;
    if ("part" in piece) {
      const end = ends[piece.part]!;
      for (let w = starts[piece.part]!; w < end; w++) out[to++] = words[w]!;
      continue;
    }
    out[to++] = piece.op;
    if (piece.over === undefined) continue;
    let operand = piece.plus ?? 0;
    for (let i = 0; i < piece.over.length; i++)
      operand += ends[piece.over[i]!]! - starts[piece.over[i]!]!;
    out[to++] = operand;
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
