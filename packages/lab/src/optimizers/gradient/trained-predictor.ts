/** What a trainer has learned so far, as a predictor: some of its parameters may serve its training alone. */
import { type Trainer, toOnnx } from "@mesascope/graph";
import type { LearnedPredictor } from "../../core/index.ts";
import { answersOf, predictedExamples } from "./predicted-examples.ts";

export function trainedPredictor(
  context: Parameters<typeof predictedExamples>[0],
  batch: number,
  trainer: Pick<Trainer, "compile" | "parameters">,
): { readonly learned: LearnedPredictor; dispose(): Promise<void> } {
  const predicted = predictedExamples(
    context,
    batch,
    (outputs) => trainer.compile(outputs),
    () => trainer.parameters(),
  );
  const { own } = predicted;
  const parameters = () => {
    const all = trainer.parameters();
    return Object.fromEntries([...own.graph.parameters.keys()].map((name) => [name, all[name]!]));
  };
  return {
    learned: {
      kind: "supervised",
      subject: predicted.subject,
      parameters,
      onnx: () => toOnnx(own.graph, { outputs: answersOf(own.outputs), parameters: parameters() }),
      size: Object.values(parameters()).reduce((sum, { data }) => sum + data.length, 0),
    },
    dispose: predicted.dispose,
  };
}
