/** Controls that remember: the answers of training mazes, by the whole picture or by the nearest one. */
import type { ExampleBatch, PredictiveSubject, SupervisedRules } from "../../core/index.ts";
import { type Maze, pathExample } from "../../tasks/index.ts";

type Rules = Pick<SupervisedRules<never>, "grid">;
type Metric = "same" | "nearest";

/**
 * Marks the way of a training maze: of the one that is shown, and nothing where it never was shown (`same`); or of
 * the one whose picture differs least (`nearest`), of which `planes` many planes are looked at.
 */
export function memorySubject(
  { grid }: Rules,
  training: readonly Maze[],
  metric: Metric,
  planes: number = grid!.channels,
): PredictiveSubject {
  const { channels, height, width } = grid!;
  const area = height * width;
  const known = training.map(pathExample);
  return {
    hooks: [],
    ticks: undefined,
    async predict({ batch, inputs }: ExampleBatch) {
      const outputs = new Float32Array(batch * area).fill(-10);
      for (let i = 0; i < batch; i++) {
        const from = i * channels * area;
        let best: (typeof known)[number] | undefined;
        let least = Number.POSITIVE_INFINITY;
        for (const example of known) {
          let distance = 0;
          for (let at = 0; at < planes * area && distance < least; at++)
            distance += Math.abs(example.input[at]! - inputs[from + at]!);
          if (distance < least) [best, least] = [example, distance];
        }
        if (!best || (metric === "same" && least > 1e-6)) continue;
        best.target.forEach((marked, pixel) => {
          if (marked) outputs[i * area + pixel] = 10;
        });
      }
      return { outputs, read: {} };
    },
  };
}
