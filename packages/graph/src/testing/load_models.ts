/**
 * Child process of the fuzz test: loads models that survived our own checks, one for each message, so that a crash or
 * a hang of the engine is that of this process, and the parent can tell which model it was.
 */
import { GraphError } from "../core/errors.ts";
import { loadOnnx } from "../onnx/imported.ts";

process.on("message", async (bytes: string) => {
  let outcome = "loaded";
  try {
    const model = await loadOnnx(new Uint8Array(Buffer.from(bytes, "base64")));
    await model.tensors();
    await model.dispose();
  } catch (error) {
    outcome = error instanceof GraphError ? "refused" : String(error);
  }
  process.send!(outcome);
});
process.send!("ready");
