/** Parts of an algorithm: what is left of a program when some of its statements are taken out or unwrapped. */
import { placeOf, primitives, Sort } from "../../architectures/index.ts";
import type { Program, ProgramTask } from "../../core/index.ts";
import { programBits, termEnd } from "../../optimizers/index.ts";

/**
 * All programs that come from one by taking statements out with all they hold, or by putting a statement's blocks in
 * its place. The program itself and the empty one are among them.
 */
export function partialPrograms(task: ProgramTask, program: Program): Program[] {
  const parts = sequences(task, program, 0).map((places) =>
    Uint8Array.from([...places, placeOf.end]),
  );
  return [...new Map(parts.map((part) => [part.join(), part])).values()];
}

/** The sequences, without their ends, that the block at `from` can become. */
function sequences(task: ProgramTask, program: Program, from: number): number[][] {
  const { language } = task;
  if (program[from] === placeOf.end) return [[]];
  const end = termEnd(language, program, from + 1);
  const rests = sequences(task, program, end);
  return statements(task, program, from + 1).flatMap((own) =>
    rests.map((rest) => [...own, ...rest]),
  );
}

function statements(task: ProgramTask, program: Program, from: number): number[][] {
  const { language } = task;
  const { args } = primitives[program[from]!]!;
  let whole: number[][] = [[placeOf.more, program[from]!]];
  let unwrapped: number[][] = [[]];
  let at = from + 1;
  for (const sort of args) {
    const end = termEnd(language, program, at);
    const isBlock = sort === Sort.block;
    const forms = isBlock ? sequences(task, program, at) : [[...program.subarray(at, end)]];
    whole = whole.flatMap((before) =>
      forms.map((form) => [...before, ...form, ...(isBlock ? [placeOf.end] : [])]),
    );
    if (isBlock)
      unwrapped = unwrapped.flatMap((before) => forms.map((form) => [...before, ...form]));
    at = end;
  }
  return [...whole, ...unwrapped, []];
}

/** The least share of a solver's bits in a part of it whose score is above that of the empty program. */
export function neededFraction(task: ProgramTask, solver: Program): number {
  const floor = task.score(Uint8Array.of(placeOf.end)).score;
  const { language } = task;
  const least = partialPrograms(task, solver)
    .filter((part) => task.score(part).score > floor)
    .map((part) => programBits(language, part));
  return Math.min(...least) / programBits(language, solver);
}
