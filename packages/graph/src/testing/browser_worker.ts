/**
 * Runs in a browser's worker: trains XOR and posts what came out, for comparison with the same in Node. The number of
 * threads is the address's `threads`.
 */
import { trainXor } from "./train_xor.ts";

const threads = Number(new URL(location.href).searchParams.get("threads"));
trainXor("auto", threads).then(
  (result) => postMessage(result),
  (error: unknown) => postMessage({ error: String(error) }),
);
