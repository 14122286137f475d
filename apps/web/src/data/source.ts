/** Where pages get what they show. */
import type { PlanStrip } from "@mesascope/lab/studies";
import type {
  Overview,
  Source as Record,
  RunBrief,
  RunCurves,
  RunEvent,
  RunView,
  StudyView,
  Term,
} from "../../views/index.ts";

/** What only a server over a data folder has. */
export interface Folder {
  /** One diagnostic of all runs of a study. */
  curves(study: string, metric?: string): Promise<RunCurves>;
  /** Tells of a run and of what it does until the function returned is called. */
  watch(study: string, run: string, told: (event: RunEvent) => void): () => void;
  /** The run's learned algorithm at work in one held-out instance. */
  instance(study: string, run: string, index: number): Promise<PlanStrip>;
  /** Address of a file of the run. */
  file(study: string, run: string, name: string): string;
}

/** Either of two: a live server over a data folder, or files baked at build time. */
export interface Source {
  readonly kind: "live" | "baked";
  overview(): Promise<Overview>;
  /** @throws Error in one sentence where there is no such study. */
  study(id: string): Promise<StudyView>;
  /** Runs of one study. */
  runs(study: string): Promise<readonly RunBrief[]>;
  /** @throws Error in one sentence where there is no such run. */
  run(study: string, id: string): Promise<RunView>;
  glossary(): Promise<readonly Term[]>;
  sources(): Promise<readonly Record[]>;
  readonly folder?: Folder;
}
