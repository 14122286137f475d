/** Ctrl-C and its kin: the first asks runs to stop between updates, the second ends everything at once. */
import { setMaxListeners } from "node:events";
import type { StopSignal, World } from "./world.ts";

/** Milliseconds within which a second signal is taken for an echo: npm passes on what the terminal has sent already. */
const echo = 700;

const codes: Readonly<Record<StopSignal, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Watches for stop signals while work is under way. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Exit code of a command that was stopped; undefined if it was not. */
  readonly code: number | undefined;
  dispose(): void;
}

/** Begins to watch. `kill` ends the work at once; `notice` tells the user what happens. */
export function watchForInterrupt(
  world: World,
  parts: { readonly kill: () => void; readonly notice: (message: string) => void },
): Interrupt {
  const controller = new AbortController();
  // Every run under way listens, and there may be as many as there are cores.
  setMaxListeners(0, controller.signal);
  let code: number | undefined;
  let first = 0;
  const dispose = world.onStopSignal((signal) => {
    if (code === undefined) {
      code = codes[signal];
      first = performance.now();
      parts.notice(
        "stopping between updates, with the state kept; press Ctrl-C again to stop at once",
      );
      controller.abort();
    } else if (performance.now() - first > echo) {
      parts.kill();
      world.exit(code);
    }
  });
  return {
    signal: controller.signal,
    get code() {
      return code;
    },
    dispose,
  };
}
