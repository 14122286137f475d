/** The discriminator of an adversarial training as a subject, and how well it tells true answers from wrong ones. */
import { keyOf, type NamedArrays, type PredictiveSubject, Random } from "../../core/index.ts";
import {
  type DiscriminatorSize,
  discriminator,
  discriminatorName,
} from "../../optimizers/index.ts";
import { pictureSubject } from "../../signatures/index.ts";
import { type Maze, pathExample, pathPlanes } from "../../tasks/index.ts";

/** An answer to a maze, `[height, width]`. */
export type Answer = ArrayLike<number>;

/** Parameters of the discriminator in a snapshot of adversarial training. */
export function judgeParameters(snapshot: NamedArrays): Record<string, Float32Array> {
  const prefix = `parameter/${discriminatorName}.`;
  return Object.fromEntries(
    Object.entries(snapshot).flatMap(([name, { data }]) =>
      name.startsWith(prefix) ? [[name.slice("parameter/".length), data as Float32Array]] : [],
    ),
  );
}

/**
 * It sees a maze and an answer, the last plane, and puts out its judgement of each pixel; `state.<tick>` are its hooks.
 * @param maze any of the size that it judges.
 */
export function judgeSubject(
  maze: Pick<Maze, "rows" | "cols">,
  size: DiscriminatorSize,
  parameters: Readonly<Record<string, Float32Array>>,
): PredictiveSubject {
  const { names, height, width } = pathPlanes(maze, false);
  const grid = { channels: names.length + 1, height, width };
  const random = new Random(keyOf(0));
  return pictureSubject(
    { grid },
    size.ticks,
    (graph, seen, ticks) => {
      const { states, judgements } = discriminator(graph, seen, { ...size, ticks }, () =>
        random.uniform(),
      );
      const hooks = states.map((state, t) => state.as(`state.${t + 1}`).name!);
      return { marks: judgements, hooks };
    },
    parameters,
  );
}

/** Judgement of each answer: the sum over its pixels, more for true. */
export async function judgementsOf(
  judge: PredictiveSubject,
  mazes: readonly Maze[],
  answers: readonly Answer[],
): Promise<number[]> {
  const shown = mazes.map((maze, i) => [...pathExample(maze).input, ...Array.from(answers[i]!)]);
  const size = shown[0]!.length;
  const inputs = new Float32Array(mazes.length * size);
  shown.forEach((planes, i) => {
    inputs.set(planes, i * size);
  });
  const batch = mazes.length;
  const empty = new Float32Array(0);
  const { outputs } = await judge.predict({
    ...{ steps: 1, batch, inputs, targets: empty, weights: empty },
  });
  const area = outputs.length / batch;
  return mazes.map((_, i) =>
    outputs.subarray(i * area, (i + 1) * area).reduce((sum, value) => sum + value, 0),
  );
}

/** Share of mazes whose true answer is judged truer than the wrong one beside it; ties count as half. */
export async function toldApart(
  judge: PredictiveSubject,
  mazes: readonly Maze[],
  wrong: readonly Answer[],
): Promise<number> {
  const ofTrue = await judgementsOf(
    judge,
    mazes,
    mazes.map((maze) => pathExample(maze).target),
  );
  const ofWrong = await judgementsOf(judge, mazes, wrong);
  const wins = ofTrue.map((value, i) => (Math.sign(value - ofWrong[i]!) + 1) / 2);
  return wins.reduce((sum, win) => sum + win, 0) / mazes.length;
}
