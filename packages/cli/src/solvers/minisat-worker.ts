/** Thread that decides formulas with the package's own solver. */
import { parentPort } from "node:worker_threads";
import { messageOf } from "@mesascope/lab/core";
import { miniSat } from "@mesascope/lab/optimizers";
import type { Answer, Question } from "./minisat.ts";

parentPort!.on("message", ({ variables, literals, all }: Question) => {
  let answer: Answer;
  try {
    answer = { models: miniSat({ variables, literals }, all) };
  } catch (error) {
    answer = { failure: messageOf(error) };
  }
  parentPort!.postMessage(answer);
});
