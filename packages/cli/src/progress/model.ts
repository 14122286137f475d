/** How far a study has come, how fast it goes, and how long it will take. */
import type { RunSpec, StudyEvent } from "@mesascope/lab/studies";

/** What is shown of progress. */
export interface ProgressView {
  readonly updates: number;
  readonly totalUpdates: number;
  readonly runs: number;
  readonly totalRuns: number;
  readonly failed: number;
  /** What is counted, in the plural: updates, or an experiment's units of work. */
  readonly unit: string;
  /** Units a second over the last while; undefined before anything was measured. */
  readonly rate: number | undefined;
  /** Seconds; undefined before anything was measured. */
  readonly left: number | undefined;
}

/** Updates of a training run, units of work of an experiment's. */
const workOf = (spec: RunSpec) => ("experiment" in spec ? spec.work : spec.budget.updates);

/** Milliseconds over which the rate is measured. */
const span = 20_000;

/** Follows the events of one study. */
export class Progress {
  readonly #now: () => number;
  /** Updates made of each run that is to be done. */
  readonly #made = new Map<string, number>();
  #totalUpdates = 0;
  #totalRuns = 0;
  #unit = "updates";
  #doneBefore = 0;
  #ended = 0;
  #failed = 0;
  /** Updates made since the beginning, at times of the recent past. */
  #samples: { readonly at: number; readonly updates: number }[] = [];
  #worked = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  follow(event: StudyEvent): void {
    if (event.type === "planned") {
      this.#doneBefore = event.done;
      this.#totalRuns = event.study.runs.length;
      this.#unit = event.study.kind === "experiment" ? event.study.unit : "updates";
      this.#totalUpdates = event.todo.reduce((sum, { spec }) => sum + workOf(spec), 0);
      this.#sample();
      return;
    }
    const { id, spec } = event.run;
    if (event.type === "started") this.#made.set(id, event.resumedAt);
    else if (event.type === "progress" || event.type === "stopped") this.#work(id, event.updates);
    else {
      // A failed run is over: it counts as done, or the bar would never reach its end.
      if (event.type === "finished") this.#work(id, workOf(spec));
      else this.#made.set(id, workOf(spec));
      this.#ended++;
      if (event.type === "failed") this.#failed++;
    }
  }

  view(): ProgressView {
    const updates = [...this.#made.values()].reduce((sum, made) => sum + made, 0);
    const rate = this.#rate();
    return {
      updates,
      totalUpdates: this.#totalUpdates,
      runs: this.#doneBefore + this.#ended,
      totalRuns: this.#totalRuns,
      failed: this.#failed,
      unit: this.#unit,
      rate,
      left: rate ? (this.#totalUpdates - updates) / rate : undefined,
    };
  }

  #work(id: string, updates: number): void {
    const before = this.#made.get(id) ?? 0;
    if (updates <= before) return;
    this.#made.set(id, updates);
    this.#worked += updates - before;
    this.#sample();
  }

  #sample(): void {
    const at = this.#now();
    this.#samples.push({ at, updates: this.#worked });
    while (this.#samples.length > 2 && this.#samples[1]!.at < at - span) this.#samples.shift();
  }

  #rate(): number | undefined {
    const first = this.#samples[0];
    const seconds = first ? (this.#now() - first.at) / 1000 : 0;
    return first && this.#worked > 0 && seconds > 0.5
      ? (this.#worked - first.updates) / seconds
      : undefined;
  }
}
