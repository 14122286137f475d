/** The inside of a subject on a grid: what its hook points hold tick by tick, and runs in which that is edited. */
import {
  entryOf,
  type HookValues,
  type PredictiveSubject,
  type PredictOptions,
} from "../../core/index.ts";
import type { MazeView } from "./view.ts";

/** A hook point without its tick, and the number of planes that it holds. */
interface Base {
  readonly name: string;
  readonly channels: number;
}

/** State after each tick (or layer), all hook points that are pictures of the grid's size side by side. */
export interface Inside {
  readonly bases: readonly Base[];
  readonly ticks: number;
  readonly channels: number;
  /** `[batch, channels, height x width]`, one a tick, the first tick's first. */
  readonly states: readonly Float32Array[];
  /** Hook points without ticks that are pictures. */
  readonly statics: Readonly<Record<string, HookValues>>;
}

const known = new WeakMap<PredictiveSubject, WeakMap<MazeView, Promise<Inside | undefined>>>();

/** What a subject holds inside for a view, read once; undefined where nothing inside is a picture at a tick. */
export function insideOf(subject: PredictiveSubject, view: MazeView): Promise<Inside | undefined> {
  const bySet = entryOf(known, subject, () => new WeakMap());
  return entryOf(bySet, view, () => readInside(subject, view));
}

const isPicture = ({ shape }: HookValues, { height, width }: MazeView): boolean =>
  shape.length === 3 && shape[1] === height && shape[2] === width;

async function readInside(subject: PredictiveSubject, view: MazeView): Promise<Inside | undefined> {
  if (subject.hooks.length === 0) return undefined;
  const { read } = await subject.predict(view.examples, { read: subject.hooks });
  const names = Object.keys(read).filter((name) => isPicture(read[name]!, view));
  const statics = Object.fromEntries(
    names.filter((name) => !/\.\d+$/.test(name)).map((name) => [name, read[name]!]),
  );
  const timed = [
    ...new Set(names.filter((n) => /\.\d+$/.test(n)).map((n) => n.replace(/\.\d+$/, ""))),
  ];
  let ticks = 0;
  while (timed.length > 0 && timed.every((base) => read[`${base}.${ticks + 1}`])) ticks++;
  const bases = timed.map((name) => ({ name, channels: read[`${name}.1`]?.shape[0] ?? 0 }));
  const channels = bases.reduce((sum, base) => sum + base.channels, 0);
  if (ticks === 0 && Object.keys(statics).length === 0) return undefined;
  const states = Array.from({ length: ticks }, (_, t) => joined(read, bases, t + 1, view));
  return { bases, ticks, channels, states, statics };
}

function joined(
  read: Readonly<Record<string, HookValues>>,
  bases: readonly Base[],
  tick: number,
  { examples, height, width }: MazeView,
): Float32Array {
  const pixels = height * width;
  const total = bases.reduce((sum, { channels }) => sum + channels, 0);
  const out = new Float32Array(examples.batch * total * pixels);
  let first = 0;
  for (const { name, channels } of bases) {
    const { data } = read[`${name}.${tick}`]!;
    const size = channels * pixels;
    for (let i = 0; i < examples.batch; i++)
      out.set(data.subarray(i * size, (i + 1) * size), (i * total + first) * pixels);
    first += channels;
  }
  return out;
}

function parted(
  state: Float32Array,
  { bases, channels: total }: Inside,
  tick: number,
  { examples, height, width }: MazeView,
): Record<string, HookValues> {
  const pixels = height * width;
  const parts: Record<string, HookValues> = {};
  let first = 0;
  for (const { name, channels } of bases) {
    const data = new Float32Array(examples.batch * channels * pixels);
    for (let i = 0; i < examples.batch; i++) {
      const from = (i * total + first) * pixels;
      data.set(state.subarray(from, from + channels * pixels), i * channels * pixels);
    }
    parts[`${name}.${tick}`] = { shape: [channels, height, width], data };
    first += channels;
  }
  return parts;
}

/** Changes a tick's state `[batch, channels, pixels]` in place. */
export type Edit = (state: Float32Array, tick: number) => void;

/**
 * Outputs of a run whose state is edited after every tick, so that each tick starts from what the edit left of
 * the one before.
 * @param from the first tick whose state is edited
 */
export async function runEdited(
  subject: PredictiveSubject,
  view: MazeView,
  inside: Inside,
  edit: Edit,
  from = 1,
): Promise<Float32Array> {
  let state: Float32Array = inside.states[from - 1]!.slice();
  for (let tick = from; ; tick++) {
    edit(state, tick);
    const last = tick === inside.ticks;
    const options: PredictOptions = {
      patch: parted(state, inside, tick, view),
      ...(last ? {} : { read: inside.bases.map(({ name }) => `${name}.${tick + 1}`) }),
    };
    const { outputs, read } = await subject.predict(view.examples, options);
    if (last) return outputs;
    state = joined(read, inside.bases, tick + 1, view);
  }
}

/** Outputs of a run from another state at one tick on. */
export async function runFrom(
  subject: PredictiveSubject,
  view: MazeView,
  inside: Inside,
  state: Float32Array,
  tick: number,
  read: readonly string[] = [],
) {
  return subject.predict(view.examples, { patch: parted(state, inside, tick, view), read });
}

/** Joins what was read at a tick, as `states` are. */
export function stateAt(
  read: Readonly<Record<string, HookValues>>,
  inside: Inside,
  tick: number,
  view: MazeView,
): Float32Array {
  return joined(read, inside.bases, tick, view);
}
