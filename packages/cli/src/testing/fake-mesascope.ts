/** The command as a process, with runs made of arithmetic. */
import { runProcess } from "../process.ts";
import { fakeWorld } from "./place.ts";

await runProcess(fakeWorld());
