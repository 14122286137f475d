/** Several learners as one subject: each instance, and each example, goes to the one whose turn it is. */
import type {
  Episodes,
  ExampleBatch,
  Feedback,
  PredictiveSubject,
  Subject,
} from "../../core/index.ts";
import { split } from "../../core/index.ts";

/** Positions below `count` that are the `turn`-th of `turns`. */
const positions = (count: number, turn: number, turns: number): number[] =>
  Array.from({ length: Math.ceil((count - turn) / turns) }, (_, i) => turn + i * turns);

const feedbackOf = (feedback: Feedback | undefined, at: readonly number[]): Feedback | undefined =>
  feedback?.kind === "swapped"
    ? { kind: "swapped", answers: at.map((i) => feedback.answers[i]) }
    : feedback;

/** Episode i is played by member i modulo their number. */
export function actingSystem(members: readonly Subject[]): Subject {
  return {
    hooks: [],
    ticks: false,
    async run(instances, options) {
      const batch = instances.length;
      let all: Episodes | undefined;
      for (const [turn, member] of members.entries()) {
        const at = positions(batch, turn, members.length);
        if (at.length === 0) continue;
        const feedback = feedbackOf(options.feedback, at);
        const part = await member.run(
          at.map((i) => instances[i]),
          { key: split(options.key, "member", turn), ...(feedback ? { feedback } : {}) },
        );
        const { steps } = part;
        all ??= {
          ...{ batch, steps, read: {} },
          actions: new Int32Array(batch * steps),
          rewards: new Float32Array(batch * steps),
        };
        for (const [row, i] of at.entries())
          for (const name of ["actions", "rewards"] as const)
            all[name].set(part[name].subarray(row * steps, (row + 1) * steps), i * steps);
      }
      if (!all) throw new RangeError("there is nothing to play");
      return all;
    },
  };
}

/** Columns `at` of an array `[steps, batch, size]`. */
function columns(all: Float32Array, { steps, batch }: ExampleBatch, at: readonly number[]) {
  const size = all.length / (steps * batch);
  const out = new Float32Array(steps * at.length * size);
  for (let t = 0; t < steps; t++)
    for (const [column, i] of at.entries()) {
      const from = (t * batch + i) * size;
      out.set(all.subarray(from, from + size), (t * at.length + column) * size);
    }
  return out;
}

/** Example i is answered by member i modulo their number. */
export function predictingSystem(members: readonly PredictiveSubject[]): PredictiveSubject {
  return {
    hooks: [],
    ticks: undefined,
    async predict(examples) {
      const { steps, batch } = examples;
      let outputs = new Float32Array(0);
      for (const [turn, member] of members.entries()) {
        const at = positions(batch, turn, members.length);
        if (at.length === 0) continue;
        const part = await member.predict({
          ...examples,
          batch: at.length,
          inputs: columns(examples.inputs, examples, at),
          targets: columns(examples.targets, examples, at),
          weights: columns(examples.weights, examples, at),
        });
        const size = part.outputs.length / (steps * at.length);
        if (outputs.length === 0) outputs = new Float32Array(steps * batch * size);
        for (let t = 0; t < steps; t++)
          for (const [column, i] of at.entries()) {
            const from = (t * at.length + column) * size;
            outputs.set(part.outputs.subarray(from, from + size), (t * batch + i) * size);
          }
      }
      return { outputs, read: {} };
    },
  };
}
