/** Runs in a browser's worker: trains XOR and posts what came out, for comparison with the same in Node. */
import { trainXor } from "./train_xor.ts";

trainXor("auto").then(
  (result) => postMessage(result),
  (error: unknown) => postMessage({ error: String(error) }),
);
