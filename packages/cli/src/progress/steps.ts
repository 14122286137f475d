/** Progress through steps of about the same size on standard error: a bar on a terminal, a line every ten seconds otherwise. */
import { SingleBar } from "cli-progress";
import { count, duration } from "../output/format.ts";
import type { World } from "../world.ts";

/** Shows how many steps are done; a quiet one shows nothing. */
export interface Steps {
  done(steps: number, total: number): void;
  close(): void;
}

const lineInterval = 10_000;

/** Begins to show; `label` says what the steps are. */
export function showSteps(world: World, label: string, quiet: boolean): Steps {
  if (quiet) return { done() {}, close() {} };
  return world.stderr.isTTY ? bar(label) : lines(world, label);
}

function left(began: number, steps: number, total: number): string {
  const seconds = (performance.now() - began) / 1000;
  return steps > 0 ? `, ${duration((seconds / steps) * (total - steps))} left` : "";
}

function bar(label: string): Steps {
  const began = performance.now();
  const shown = new SingleBar({
    format: "{label} {bar} {percentage}%  {facts}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    hideCursor: true,
    gracefulExit: false,
  });
  const restore = () => shown.stop();
  process.once("exit", restore);
  let started = false;
  return {
    done(steps, total) {
      const facts = `${count(steps)} of ${count(total)}${left(began, steps, total)}`;
      if (started) shown.update(steps, { facts });
      else shown.start(total, steps, { label, facts });
      started = true;
    },
    close() {
      process.off("exit", restore);
      shown.stop();
    },
  };
}

function lines(world: World, label: string): Steps {
  const began = performance.now();
  let last = began;
  return {
    done(steps, total) {
      const now = performance.now();
      if (now - last < lineInterval && steps < total) return;
      last = now;
      world.stderr.write(
        `${label}: ${count(steps)} of ${count(total)}${left(began, steps, total)}\n`,
      );
    },
    close() {},
  };
}
