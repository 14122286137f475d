import {
  adam,
  binaryCrossEntropyWithLogits,
  compileTraining,
  type EngineChoice,
  engineInfo,
  Graph,
  mlp,
} from "../index.ts";

/** Losses of 50 updates, a hidden layer and logits with that layer patched, and which engine computed them. */
export async function trainXor(engine: EngineChoice, threads = 1) {
  const g = new Graph();
  const logits = mlp(g, g.input("x", [4, 2]), { widths: [8, 1] }).as("logits");
  const loss = binaryCrossEntropyWithLogits(logits, g.input("y", [4, 1]));
  const optimizer = adam({ learningRate: 0.05 });
  const trainer = await compileTraining(loss, { optimizer, engine, threads, clipNorm: 1 });
  const x = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
  const y = Float32Array.of(0, 1, 1, 0);
  const losses: number[] = [];
  for (let i = 0; i < 50; i++) losses.push((await trainer.update({ x, y })).loss);
  const model = await trainer.compile([logits]);
  const read = await model.run(
    { x },
    { read: ["hidden.0"], patch: { "hidden.0": { scale: 0.5 } } },
  );
  return {
    engine: await engineInfo({ engine, threads }),
    losses,
    hidden: Array.from(read["hidden.0"]!),
    logits: Array.from(read["logits"]!),
  };
}
