/** How an experiment that trains keeps time: it counts updates, lets others run, and hears when it is to stop. */
import { type ExperimentContext, pauses } from "../../core/index.ts";

/** Counts an update; throws the signal's reason once it is aborted. */
export type Pace = () => Promise<void>;

/** To be called after each update, in all phases of a run. */
export function pacer({ signal, report }: Pick<ExperimentContext, "signal" | "report">): Pace {
  const pause = pauses(signal);
  let done = 0;
  return async () => {
    report(++done);
    if (pause.due()) await pause.take();
  };
}
