/** jax-js's side of the engine benchmark, on WebAssembly: one jitted function for loss, gradients and Adam. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { classes, floats, serve } from "./serve_peer.mjs";

const folder = join(process.argv[2], "node_modules", "@jax-js", "jax");
const jax = await import(pathToFileURL(join(folder, "dist", "index.js")).href);
const { numpy: np, nn, jit, valueAndGrad } = jax;
await jax.init("wasm");
jax.defaultDevice("wasm");

const uniform = (shape) =>
  np.array(floats(shape.reduce((a, b) => a * b, 1)).map((v) => 0.2 * v - 0.1)).reshape(shape);

function oneHot(labels, of) {
  const data = new Float32Array(labels.length * of);
  labels.forEach((label, i) => {
    data[i * of + label] = 1;
  });
  return np.array(data).reshape([labels.length, of]);
}

/** Every function here consumes its arguments, as jax-js asks; `.ref` keeps what is used again. */
const crossEntropy = (logits, y) => {
  const [count] = y.shape;
  return np.negative(np.sum(nn.logSoftmax(logits).mul(y))).mul(1 / count);
};

function training(loss, shapes, x, y) {
  const step = jit((parameters, m, v, correction, softening, inputs, targets) => {
    const [value, gradients] = valueAndGrad(loss)(
      parameters.map((p) => p.ref),
      inputs,
      targets,
    );
    const next = { parameters: [], m: [], v: [], value };
    gradients.forEach((g, i) => {
      const m1 = m[i].mul(0.9).add(g.ref.mul(0.1));
      const v1 = v[i].mul(0.999).add(g.ref.mul(g).mul(0.001));
      const change = m1.ref.mul(correction.ref).div(np.sqrt(v1.ref).add(softening.ref)).mul(1e-4);
      next.parameters.push(parameters[i].sub(change));
      next.m.push(m1);
      next.v.push(v1);
    });
    correction.dispose();
    softening.dispose();
    return next;
  });
  let state = {
    parameters: shapes.map(uniform),
    m: shapes.map((shape) => np.zeros(shape)),
    v: shapes.map((shape) => np.zeros(shape)),
  };
  let count = 0;
  return async () => {
    count++;
    const root = Math.sqrt(1 - 0.999 ** count);
    const correction = np.array(root / (1 - 0.9 ** count));
    const softening = np.array(1e-8 * root);
    const { value, ...next } = step(
      state.parameters,
      state.m,
      state.v,
      correction,
      softening,
      x.ref,
      y.ref,
    );
    state = next;
    await value.data();
  };
}

function mlp() {
  const shapes = [[27, 64], [64], [64, 64], [64], [64, 9], [9]];
  const loss = (p, x, y) => {
    const h1 = np.tanh(np.matmul(x, p[0]).add(p[1]));
    const h2 = np.tanh(np.matmul(h1, p[2]).add(p[3]));
    return crossEntropy(np.matmul(h2, p[4]).add(p[5]), y);
  };
  return training(loss, shapes, uniform([64, 27]), oneHot(classes(64, 9), 9));
}

function gru(width, batch) {
  const steps = 20;
  const gate = (from) => [0, 1, 2].map(() => [from, width]);
  const bias = [0, 1, 2].map(() => [width]);
  // For each gate: input weights, state weights, input bias (with the state's, except for n), then n's own, then the head.
  const shapes = [...gate(16), ...gate(width), ...bias, [width], [width, 4], [4]];
  const loss = (p, x, y) => {
    const shares = [0, 1, 2].map((i) =>
      np
        .matmul(x.ref, p[i])
        .add(p[6 + i])
        .reshape([steps, batch, width]),
    );
    x.dispose();
    const share = (i, t) => shares[i].ref.slice(t);
    let h = np.zeros([batch, width]);
    const states = [];
    for (let t = 0; t < steps; t++) {
      const r = nn.sigmoid(np.matmul(h.ref, p[3].ref).add(share(0, t)));
      const z = nn.sigmoid(np.matmul(h.ref, p[4].ref).add(share(1, t)));
      const hidden = np.matmul(h.ref, p[5].ref).add(p[9].ref);
      const n = np.tanh(share(2, t).add(r.mul(hidden)));
      h = n.ref.add(z.mul(h.sub(n)));
      states.push(h.ref);
    }
    for (const used of [h, ...shares, p[3], p[4], p[5], p[9]]) used.dispose();
    const flat = np.concatenate(states, 0);
    return crossEntropy(np.matmul(flat, p[10]).add(p[11]), y);
  };
  return training(loss, shapes, uniform([steps * batch, 16]), oneHot(classes(steps * batch, 4), 4));
}

const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
await serve(version, { mlp, gru32: () => gru(32, 32), gru128: () => gru(128, 64) });
