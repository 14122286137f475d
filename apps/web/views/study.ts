/** A study as its page shows it. */
import type { StudyFile } from "@mesascope/lab/studies";
import type { StudyParts } from "@mesascope/report/document";
import type { KnownErrors } from "./calibration.ts";
import type { Evidence, Origin } from "./overview.ts";
import type { PackedOutcome } from "./pack.ts";

/** A study with what was found. */
export interface StudyView {
  readonly id: string;
  readonly number: string;
  readonly file: StudyFile;
  /** Text of the YAML file. */
  readonly source: string;
  /** Committed evidence of the study. */
  readonly evidence: readonly Evidence[];
  readonly origin: Origin;
  /** What its runs give; absent where nothing was run. */
  readonly found?: {
    readonly outcome: PackedOutcome;
    /** What the report says of it, as markup. */
    readonly parts: StudyParts;
  };
  /** Error rates of the signatures that it uses, where they were calibrated. */
  readonly calibration?: KnownErrors;
}
