/** TensorFlow.js's side of the engine benchmark, on its WebAssembly backend with one thread. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { classes, floats, serve } from "./serve_peer.mjs";

const load = createRequire(join(process.argv[2], "package.json"));
const backend = "@tensorflow/tfjs-backend-wasm";
const [tf, wasm] = ["@tensorflow/tfjs", backend].map((name) => load(name));
wasm.setWasmPaths(`${dirname(load.resolve(backend))}/`);
wasm.setThreadsCount(1);
await tf.setBackend("wasm");

const weight = (...shape) => tf.variable(tf.randomUniform(shape, -0.1, 0.1));

function training(loss) {
  const optimizer = tf.train.adam(1e-4);
  return () => {
    const value = optimizer.minimize(loss, true);
    value.dataSync();
    value.dispose();
  };
}

const crossEntropy = (logits, target) =>
  tf.div(tf.sum(tf.mul(tf.logSoftmax(logits), target)), -target.shape[0]);

function mlp() {
  const layers = [
    [27, 64],
    [64, 64],
    [64, 9],
  ].map(([from, to]) => [weight(from, to), weight(to)]);
  const x = tf.tensor2d(floats(64 * 27), [64, 27]);
  const y = tf.cast(tf.oneHot(tf.tensor1d(classes(64, 9), "int32"), 9), "float32");
  return training(() => {
    let h = x;
    layers.forEach(([w, b], i) => {
      h = tf.add(tf.matMul(h, w), b);
      if (i < 2) h = tf.tanh(h);
    });
    return crossEntropy(h, y);
  });
}

function gru(width, batch) {
  const steps = 20;
  const [wi, wh] = [weight(16, 3 * width), weight(width, 3 * width)];
  const [bi, bh] = [weight(3 * width), weight(3 * width)];
  const [wo, bo] = [weight(width, 4), weight(4)];
  const x = tf.tensor2d(floats(steps * batch * 16), [steps * batch, 16]);
  const y = tf.cast(tf.oneHot(tf.tensor1d(classes(steps * batch, 4), "int32"), 4), "float32");
  const zero = tf.zeros([batch, width]);
  return training(() => {
    const shares = tf.split(tf.add(tf.matMul(x, wi), bi), steps, 0);
    const states = [];
    for (const share of shares) {
      const h = states.at(-1) ?? zero;
      const [xr, xz, xn] = tf.split(share, 3, 1);
      const [hr, hz, hn] = tf.split(tf.add(tf.matMul(h, wh), bh), 3, 1);
      const r = tf.sigmoid(tf.add(xr, hr));
      const z = tf.sigmoid(tf.add(xz, hz));
      const n = tf.tanh(tf.add(xn, tf.mul(r, hn)));
      states.push(tf.add(n, tf.mul(z, tf.sub(h, n))));
    }
    return crossEntropy(tf.add(tf.matMul(tf.concat(states, 0), wo), bo), y);
  });
}

await serve(tf.version.tfjs, { mlp, gru32: () => gru(32, 32), gru128: () => gru(128, 64) });
