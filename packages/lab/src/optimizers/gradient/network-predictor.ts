/** A network as a predictive subject: chunks of a fixed batch, hook points read and patched example by example. */
import type { Model } from "@mesascope/graph";
import {
  type ExampleBatch,
  type HookValues,
  InputError,
  type PictureSize,
  type PredictiveSubject,
  type PredictOptions,
  type SubjectParameters,
  unknownName,
} from "../../core/index.ts";

/** The function of a network over whole examples, compiled for `chunk` of them at a time. */
export interface PredictFunction {
  readonly model: Model;
  readonly chunk: number;
  readonly steps: number;
  readonly observationSize: number;
  readonly outputs: number;
  /** Names of the outputs after each tick; empty where there are none. */
  readonly ticks: readonly string[];
  /** Shapes of the tensors that may be read or patched. */
  readonly hooks: ReadonlyMap<string, readonly number[]>;
}

/**
 * @param compiled the function with so many ticks and for pictures of such a size, or as in training where they are
 *   left out.
 * @param ticks the number of ticks in training, for architectures that have them.
 * @param anySize whether pictures may be of another size than in training.
 */
export function networkPredictor(
  compiled: (ticks: number | undefined, grid: PictureSize | undefined) => Promise<PredictFunction>,
  hooks: readonly string[],
  ticks: number | undefined,
  anySize: boolean,
  parameters?: SubjectParameters,
): PredictiveSubject {
  return {
    hooks,
    ticks,
    anySize,
    ...(parameters ? { parameters } : {}),
    async predict(examples, options = {}) {
      if (options.ticks !== undefined && ticks === undefined)
        throw new InputError("this subject has no ticks that could be varied");
      const net = await compiled(options.ticks, examples.grid);
      for (const name of [...(options.read ?? []), ...Object.keys(options.patch ?? {})])
        if (!net.hooks.has(name))
          throw new InputError(unknownName("hook point", name, net.hooks.keys()));
      return run(net, examples, options);
    },
  };
}

async function run(net: PredictFunction, examples: ExampleBatch, options: PredictOptions) {
  const { model, chunk, steps, observationSize, outputs, ticks } = net;
  const { batch } = examples;
  const read = options.read ?? [];
  const result = new Float32Array(steps * batch * outputs);
  const perTick = ticks.map(() => new Float32Array(steps * batch * outputs));
  const seen = new Map(read.map((name) => [name, hookArray(net, name, batch)]));
  for (let start = 0; start < batch; start += chunk) {
    const rows = Math.min(chunk, batch - start);
    const patch = Object.fromEntries(
      Object.entries(options.patch ?? {}).map(([name, values]) => [
        name,
        patchOf(net, name, values, start, rows),
      ]),
    );
    const inputs = new Float32Array(steps * chunk * observationSize);
    for (let t = 0; t < steps; t++) {
      const from = (t * batch + start) * observationSize;
      inputs.set(
        examples.inputs.subarray(from, from + rows * observationSize),
        t * chunk * observationSize,
      );
    }
    const plain = read.length === 0 && Object.keys(patch).length === 0;
    const values = await model.run({ observations: inputs }, plain ? undefined : { read, patch });
    const copy = (name: string, into: Float32Array) => {
      const all = values[name]!;
      for (let t = 0; t < steps; t++)
        into.set(
          all.subarray(t * chunk * outputs, (t * chunk + rows) * outputs),
          (t * batch + start) * outputs,
        );
    };
    copy("logits", result);
    ticks.forEach((name, i) => {
      copy(name, perTick[i]!);
    });
    for (const [name, { data }] of seen)
      eachPart(net, name, (row, from, to, length) => {
        if (row < rows)
          data.set(values[name]!.subarray(from, from + length), (start + row) * to.size + to.at);
      });
  }
  return {
    outputs: result,
    ...(ticks.length > 0 ? { ticks: perTick } : {}),
    read: Object.fromEntries(seen),
  };
}

/**
 * A hook's tensor is `[chunk, ...rest]`, `[steps, chunk, ...rest]` or `[steps * chunk, ...rest]`; an example's
 * values are `[...rest]` or `[steps, ...rest]`.
 */
function layoutOf({ hooks, chunk, steps }: PredictFunction, name: string) {
  const shape = hooks.get(name)!;
  const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
  if (shape[0] === chunk) return { steps: 1, rest: product(shape.slice(1)), shape: shape.slice(1) };
  const rest = shape[0] === steps && shape[1] === chunk ? shape.slice(2) : shape.slice(1);
  return { steps, rest: product(rest), shape: [steps, ...rest] };
}

function hookArray(net: PredictFunction, name: string, batch: number): HookValues {
  const { steps, rest, shape } = layoutOf(net, name);
  return { shape, data: new Float32Array(batch * steps * rest) };
}

/** Visits every contiguous stretch of a hook's tensor: its example, where it lies, and where in the example. */
function eachPart(
  net: PredictFunction,
  name: string,
  visit: (row: number, from: number, to: { size: number; at: number }, length: number) => void,
): void {
  const { steps, rest } = layoutOf(net, name);
  for (let t = 0; t < steps; t++)
    for (let row = 0; row < net.chunk; row++)
      visit(row, (t * net.chunk + row) * rest, { size: steps * rest, at: t * rest }, rest);
}

function patchOf(
  net: PredictFunction,
  name: string,
  values: HookValues,
  start: number,
  rows: number,
): Float32Array {
  const { steps, rest, shape } = layoutOf(net, name);
  if (values.shape.join() !== shape.join())
    throw new InputError(
      `hook point '${name}' holds [${shape.join(", ")}] numbers an example, not [${values.shape.join(", ")}]`,
    );
  const out = new Float32Array(net.chunk * steps * rest);
  eachPart(net, name, (row, from, to, length) => {
    if (row >= rows) return;
    const at = (start + row) * to.size + to.at;
    out.set(values.data.subarray(at, at + length), from);
  });
  return out;
}
