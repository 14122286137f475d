/** Entry of the `mesascope` command. */
import { realWorld } from "./compose.ts";
import { runProcess } from "./process.ts";

await runProcess(realWorld());
