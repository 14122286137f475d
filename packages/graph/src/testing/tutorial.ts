import {
  adam,
  binaryCrossEntropyWithLogits,
  compile,
  compileTraining,
  Graph,
  loadOnnx,
  mlp,
  sigmoid,
  tanh,
  toOnnx,
} from "@mesascope/graph";

// A graph: four examples of two bits in, the probability of a one out.
const g = new Graph();
const x = g.input("x", [4, 2]);
const y = g.input("y", [4, 1]);
const logits = mlp(g, x, { widths: [8, 1], activation: tanh }).as("logits");
const probability = sigmoid(logits).as("probability");
const loss = binaryCrossEntropyWithLogits(logits, y);

// One compiled graph computes the loss, its gradients and the next parameters.
const bits = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
const xor = Float32Array.of(0, 1, 1, 0);
const trainer = await compileTraining(loss, { optimizer: adam({ learningRate: 0.05 }) });
for (let i = 0; i < 300; i++) await trainer.update({ x: bits, y: xor });

// Look inside: read a hidden layer, then run again with it cut off.
const parameters = trainer.parameters();
const model = await compile(g, { outputs: [probability], parameters });
const { probability: p, "hidden.0": hidden } = await model.run({ x: bits }, { read: ["hidden.0"] });
console.log("probabilities", p); // close to 0, 1, 1, 0
console.log("hidden layer", hidden); // 4 x 8 numbers
const blind = await model.run({ x: bits }, { patch: { "hidden.0": { scale: 0 } } });
console.log("without it", blind["probability"]); // the same for all four examples

// Save it as an ONNX file, which any ONNX runtime loads, and load it again.
const bytes = toOnnx(g, { outputs: [probability], parameters });
const again = await loadOnnx(bytes);
const { probability: q } = await again.run({ x: bits });
console.log("from the file", q?.data);
