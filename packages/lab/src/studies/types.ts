/** What a study is made of, once read, and what comes out of it. */
import type { Diversity, Interval, Json, Measurement, NamedArrays, Spent } from "../core/index.ts";
import type { ExperimentFile, Profile, TrainingFile } from "./schema.ts";

/** What is measured of a learner. */
interface Measured {
  readonly signatures: readonly string[];
  /** Instances of each part. */
  readonly episodes: number;
}

/** What one training run does, and nothing else: its hash names the run. */
export interface TrainingSpec {
  readonly version: 1;
  readonly task: { readonly family: string; readonly parameters: Json };
  readonly diversity: Diversity;
  readonly learner: {
    readonly architecture: string;
    readonly architectureParameters: Json;
    readonly algorithm: string;
    readonly algorithmParameters: Json;
  };
  readonly budget: { readonly updates: number };
  /** Updates after which the learner is measured, ascending; the last is the budget. */
  readonly checkpoints: readonly number[];
  readonly measure: Measured & { readonly final?: Measured | undefined };
  readonly seed: number;
}

/** What one run of an experiment does, and nothing else: its hash names the run. */
export interface ExperimentSpec {
  readonly version: 1;
  readonly experiment: { readonly id: string; readonly parameters: Json };
  /** Units of work, as the experiment counts them. */
  readonly work: number;
  readonly seed: number;
}

export type RunSpec = TrainingSpec | ExperimentSpec;

/** Levels of the factors of one cell of the design, by factor. */
export type Arm = Readonly<Record<string, string | number>>;

/** One arm with one seed. */
export interface PlannedRun<Spec extends RunSpec = RunSpec> {
  /** `learner-N-seed-hash`, unique and stable. */
  readonly id: string;
  readonly study: string;
  readonly arm: Arm;
  readonly seed: number;
  readonly spec: Spec;
}

interface PlannedBase {
  /** Three-digit number of the YAML file, e.g. `001`. */
  readonly number: string;
  readonly profile: Profile;
  readonly seeds: number;
  /** Text of the YAML file. */
  readonly source: string;
}

/** A study of training, read from YAML, with one of its profiles applied and every run planned. */
export interface TrainingStudy extends PlannedBase {
  readonly kind: "training";
  readonly file: TrainingFile;
  readonly updates: number;
  readonly runs: readonly PlannedRun<TrainingSpec>[];
}

/** A study by experiment, read from YAML, with one of its profiles applied and every run planned. */
export interface ExperimentStudy extends PlannedBase {
  readonly kind: "experiment";
  readonly file: ExperimentFile;
  /** What a unit of work is, in the plural. */
  readonly unit: string;
  readonly runs: readonly PlannedRun<ExperimentSpec>[];
}

export type PlannedStudy = TrainingStudy | ExperimentStudy;

/** Which engine computed, as the report states it. */
export interface EngineRecord {
  readonly name: string;
  readonly version: string;
  readonly threads: number;
  /** Why the first choice could not be used, if it could not. */
  readonly fallback?: string;
}

/** The learner measured at one point of its training. */
export interface CheckpointRecord {
  readonly spent: Spent;
  readonly measurements: readonly Measurement[];
  /** Mean of the training diagnostics since the checkpoint before, by name. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Written when a run has ended well; everything in it but `seconds` and `when` is determined by the spec and the engine. */
export interface RunResult {
  readonly id: string;
  readonly study: string;
  readonly arm: Arm;
  readonly seed: number;
  readonly spec: RunSpec;
  readonly spent: Spent;
  readonly checkpoints: readonly CheckpointRecord[];
  /** Numbers stored by the learned algorithm. */
  readonly size: number;
  readonly engine: EngineRecord;
  /** Versions of the lab, Node and the engine, and the commit, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** What an experiment leaves for figures beside its measurements. */
  readonly data?: Json;
  /** Wall-clock seconds of training and measuring, summed over resumes. */
  readonly seconds: number;
  /** ISO 8601 time of the end. */
  readonly when: string;
}

/** How a run stands in the archive. */
export type RunState =
  | { readonly status: "complete"; readonly result: RunResult }
  | {
      readonly status: "failed";
      readonly message: string;
      readonly when: string;
      readonly seconds: number;
    }
  | { readonly status: "partial"; readonly updates: number }
  | { readonly status: "absent" }
  | { readonly status: "corrupted"; readonly message: string };

/** A planned run with what the archive holds of it. */
export interface RunEntry {
  readonly run: PlannedRun;
  readonly state: RunState;
}

/** One number of one run at one checkpoint: the long form that figures and tables are made of. */
export interface Row {
  readonly study: string;
  /** Id of the run; empty where an analysis concluded it from many. */
  readonly run: string;
  readonly arm: Arm;
  readonly seed: number;
  readonly update: number;
  readonly samples: number;
  /** Whether this is the run's last checkpoint. */
  readonly final: boolean;
  /** `signature.part`, e.g. `optimization-power.runTime`. */
  readonly measure: string;
  /** Step of the episode from 1, for quantities along steps. */
  readonly step?: number;
  readonly value: number;
  readonly unit: string;
}

export type VerdictWord = "supported" | "contradicted" | "undetermined";

/** The judgement of one stated prediction. */
export interface Verdict {
  readonly prediction: string;
  readonly statement: string;
  readonly direction: "rises" | "falls" | "none";
  readonly verdict: VerdictWord;
  /** Why it is undetermined for want of data, where it is. */
  readonly reason?: string;
  readonly effect: number;
  readonly unit: string;
  /** Interval at the level that Holm's procedure leaves to this prediction. */
  readonly interval: Interval;
  readonly margin: number;
  /** Cliff's delta between the two arms, -1 to 1; absent for a one-arm effect. */
  readonly cliffsDelta?: number;
  readonly seeds: number;
  /** Values of each seed on both sides of the comparison (`to` alone for a one-arm effect). */
  readonly samples: { readonly from: readonly number[]; readonly to: readonly number[] };
}

/** The diversity at which a measure crosses a stated level. */
export interface Threshold {
  readonly measure: string;
  readonly learner: string;
  /** The level that is crossed and what it means. */
  readonly level: number;
  readonly meaning: string;
  /** In distinct instances N; absent where the curve does not cross. */
  readonly diversity?: number;
  /** Interval in N over resampled seeds. */
  readonly interval?: Interval;
  /** Share of resamples, or of the curve itself, that do not cross within the range measured. */
  readonly censored: "none" | "below" | "above";
  readonly censoredShare: number;
  /** `fresh` placed at the number of instances seen. */
  readonly points: readonly {
    readonly log2N: number;
    readonly value: number;
    readonly seed: number;
  }[];
  readonly fit?: {
    readonly low: number;
    readonly high: number;
    readonly midpoint: number;
    readonly slope: number;
  };
}

/** Fixed values that figures draw as reference lines. */
export interface Reference {
  /** Mean total reward of the uniformly random policy. */
  readonly chance: number;
  /** Largest expected reward of a policy that knows the instance. */
  readonly optimum: number;
  /** Expected reward of the best policy on a new instance. */
  readonly solver: {
    readonly id: string;
    readonly title: string;
    readonly expected: number;
    readonly exact: boolean;
  };
  /** The same in rate bits. */
  readonly bits: { readonly optimum: number; readonly solver: number };
  /** Expected reward by step of the reference solver on a new instance, by playing it. */
  readonly solverBySteps: readonly number[];
  /** Largest total reward that is possible. */
  readonly horizon: number;
}

/** Scores of the known predictors of a supervised task, for reference lines. */
export interface SupervisedReference {
  readonly unit: string;
  /** Mean score and bits on new instances, by predictor; those made from training instances are left out. */
  readonly predictors: readonly {
    readonly id: string;
    readonly title: string;
    /** Whether it is told the instance. */
    readonly told: boolean;
    readonly score: number;
    readonly bits: number;
  }[];
  readonly chance: string;
  readonly best: string;
}

/** What an analysis concluded from all runs together. */
export interface Conclusion {
  readonly id: string;
  /** What was forecast before the runs that test it were started, with the time at which it was written. */
  readonly forecast?: { readonly when: string; readonly content: Json };
  readonly findings: Json;
}

interface OutcomeBase {
  readonly entries: readonly RunEntry[];
  readonly rows: readonly Row[];
  readonly verdicts: readonly Verdict[];
  readonly thresholds: readonly Threshold[];
  readonly conclusion?: Conclusion;
}

/** Everything that a report shows of a study in which learners act. */
export interface EpisodicOutcome extends OutcomeBase {
  readonly kind: "episodic";
  readonly study: TrainingStudy;
  readonly reference: Reference;
}

/** Everything that a report shows of a study in which learners predict. */
export interface SupervisedOutcome extends OutcomeBase {
  readonly kind: "supervised";
  readonly study: TrainingStudy;
  readonly reference: SupervisedReference;
}

/** Everything that a report shows of a study by experiment. */
export interface ExperimentOutcome extends OutcomeBase {
  readonly kind: "experiment";
  readonly study: ExperimentStudy;
}

export type StudyOutcome = EpisodicOutcome | SupervisedOutcome | ExperimentOutcome;

/** What the runner tells while it works. */
export type StudyEvent =
  | {
      readonly type: "planned";
      readonly study: PlannedStudy;
      readonly todo: readonly PlannedRun[];
      readonly done: number;
    }
  | { readonly type: "started"; readonly run: PlannedRun; readonly resumedAt: number }
  | { readonly type: "progress"; readonly run: PlannedRun; readonly updates: number }
  | { readonly type: "finished"; readonly run: PlannedRun; readonly seconds: number }
  | { readonly type: "failed"; readonly run: PlannedRun; readonly message: string }
  | { readonly type: "stopped"; readonly run: PlannedRun; readonly updates: number };

/** Receives events; must not throw. */
export type Sink = (event: StudyEvent) => void;

/** How one run ended in an executor. */
export type ExecutionOutcome =
  | { readonly status: "complete" }
  | { readonly status: "failed"; readonly message: string }
  | { readonly status: "stopped"; readonly updates: number };

/** What an executor gives to the execution of a run. */
export interface ExecuteOptions {
  readonly signal: AbortSignal;
  /** Told the number of updates made, or units of work done, at most about ten times a second. */
  readonly report: (updates: number) => void;
  /** Told each measurement of the learner as it is made, for who watches a run. */
  readonly checkpoint?: (record: CheckpointRecord) => void;
  /** Versions to record beside the engine's. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Where runs are executed: in this thread, in child processes, on a cluster. Injected into the runner. */
export interface Executor {
  /** Runs that may be under way at once. */
  readonly jobs: number;
  /**
   * Executes one run to its end, reporting updates made. Aborting `signal` stops the run between updates
   * after its state is kept. A crash is an outcome, not an exception.
   */
  execute(
    run: PlannedRun,
    report: (updates: number) => void,
    signal: AbortSignal,
  ): Promise<ExecutionOutcome>;
  close(): Promise<void>;
}

/** State kept so that a run can go on exactly where it stopped. */
export interface RunSnapshot {
  readonly spent: Spent;
  readonly seconds: number;
  readonly arrays: NamedArrays;
  /** Checkpoints measured so far. */
  readonly checkpoints: readonly CheckpointRecord[];
  /** Sums of diagnostics since the last checkpoint, so that their means do not depend on where a run stopped. */
  readonly pending: { readonly count: number; readonly sums: Readonly<Record<string, number>> };
}

/** What a run in progress reads from and writes to; one run at a time holds it. */
export interface RunArchive {
  /** The state to go on from, if there is any. */
  resume(): Promise<RunSnapshot | undefined>;
  /** Keeps the state; replaces the one before atomically. */
  keep(snapshot: RunSnapshot): Promise<void>;
  /** Appends diagnostics of training; may be buffered until the next `keep`. */
  metrics(line: { readonly update: number; readonly [name: string]: number }): void;
  /** Ends the run: result, trained parameters, and the ONNX file where there is one. */
  complete(result: RunResult, parameters: NamedArrays, onnx: Uint8Array | undefined): Promise<void>;
}

/** What an analysis forecast before the runs that test it. */
export interface Forecast {
  /** ISO 8601 time at which it was made. */
  readonly when: string;
  /** Ids of the runs that it rests on. */
  readonly from: readonly string[];
  readonly content: Json;
}

/** What is known of many runs; read by the runner before it plans work. */
export interface Archive {
  state(run: PlannedRun): Promise<RunState>;
  /** Records that a run failed, with its message. */
  fail(run: PlannedRun, message: string, seconds: number): Promise<void>;
  /** The forecast kept under a name, if there is one. */
  forecast(study: string, name: string): Promise<Forecast | undefined>;
  /** Keeps a forecast for good: one that is there already stays as it is. */
  keepForecast(study: string, name: string, forecast: Forecast): Promise<void>;
}
