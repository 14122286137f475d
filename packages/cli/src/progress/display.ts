/** Shows progress on standard error: a bar on a terminal, a line every ten seconds otherwise. */
import type { Sink } from "@mesascope/lab/studies";
import { MultiBar } from "cli-progress";
import { count, duration, plural } from "../output/format.ts";
import type { World } from "../world.ts";
import { Progress, type ProgressView } from "./model.ts";

/** Shows one study's progress and what is to be told meanwhile. */
export interface Display {
  readonly sink: Sink;
  /** Tells something without disturbing the bar. */
  notice(message: string): void;
  close(): void;
}

const lineInterval = 10_000;
const barInterval = 200;

/** A display for a study, named by `label`; a quiet one shows failures only. */
export function createDisplay(world: World, label: string, quiet: boolean): Display {
  const progress = new Progress(() => performance.now());
  const shown = quiet ? undefined : world.stderr.isTTY ? new Bar(label) : new Lines(world, label);
  const tell = (message: string) => {
    if (!shown?.log(message)) world.stderr.write(`${message}\n`);
  };
  const timer = shown && setInterval(() => shown.show(progress.view()), shown.interval);
  timer?.unref();
  return {
    sink(event) {
      progress.follow(event);
      if (event.type === "planned" && event.todo.length > 0) shown?.begin(progress.view());
      if (event.type === "failed") tell(`${event.run.id} failed: ${event.message}`);
    },
    notice: (message) => {
      if (!quiet) tell(message);
    },
    close() {
      clearInterval(timer);
      shown?.end(progress.view());
    },
  };
}

interface Shown {
  readonly interval: number;
  begin(view: ProgressView): void;
  show(view: ProgressView): void;
  /** Writes a line above; false if the caller has to. */
  log(message: string): boolean;
  end(view: ProgressView): void;
}

function facts({ runs, totalRuns, failed, unit, rate, left }: ProgressView): string {
  const parts = [`${count(runs)} of ${plural(totalRuns, "run")}`];
  if (failed > 0) parts.push(`${count(failed)} failed`);
  if (rate !== undefined) parts.push(`${count(rate)} ${unit}/s`);
  if (left !== undefined) parts.push(`${duration(left)} left`);
  return parts.join(", ");
}

class Bar implements Shown {
  readonly interval = barInterval;
  readonly #bars: MultiBar;
  readonly #label: string;
  // Whichever way the process ends, the terminal gets its cursor back.
  readonly #restore = () => this.#bars.stop();
  #bar: ReturnType<MultiBar["create"]> | undefined;

  constructor(label: string) {
    this.#label = label;
    this.#bars = new MultiBar({
      format: "{label} {bar} {percentage}%  {facts}",
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      hideCursor: true,
      linewrap: false,
      fps: 1000 / barInterval,
      // Ctrl-C is dealt with where runs are stopped.
      gracefulExit: false,
      forceRedraw: true,
    });
  }

  begin(view: ProgressView): void {
    process.once("exit", this.#restore);
    this.#bar = this.#bars.create(view.totalUpdates, 0, { label: this.#label, facts: facts(view) });
  }

  show(view: ProgressView): void {
    this.#bar?.update(view.updates, { facts: facts(view) });
  }

  log(message: string): boolean {
    if (!this.#bar) return false;
    this.#bars.log(`${message}\n`);
    // What is logged waits for the next drawing, which a bar that is stopped does not have.
    this.#bars.update();
    return true;
  }

  end(view: ProgressView): void {
    if (!this.#bar) return;
    process.off("exit", this.#restore);
    this.show(view);
    this.#bars.stop();
    this.#bar = undefined;
  }
}

class Lines implements Shown {
  readonly interval = lineInterval;
  readonly #world: World;
  readonly #label: string;
  #begun = false;

  constructor(world: World, label: string) {
    this.#world = world;
    this.#label = label;
  }

  begin(view: ProgressView): void {
    this.#begun = true;
    this.show(view);
  }

  show(view: ProgressView): void {
    if (!this.#begun) return;
    const share =
      view.totalUpdates > 0 ? Math.floor((100 * view.updates) / view.totalUpdates) : 100;
    this.#world.stderr.write(`${this.#label}: ${share}%, ${facts(view)}\n`);
  }

  log(): boolean {
    return false;
  }

  end(view: ProgressView): void {
    this.show(view);
    this.#begun = false;
  }
}
