/** A study in short and as its page shows it. */
import type { StudyFile } from "@mesascope/lab/studies";
import { type StudyParts, studyParts } from "@mesascope/report/document";
import {
  calibrationOf,
  type Evidence,
  type KnownErrors,
  type Origin,
  type PackedOutcome,
  type StudyBrief,
  type StudyView,
  unpack,
} from "../views/index.ts";

/** A study file with what is known of it. */
export interface KnownStudy {
  readonly id: string;
  readonly number: string;
  readonly file: StudyFile;
  readonly source: string;
  readonly origin: Origin;
  readonly outcome?: PackedOutcome;
}

export function briefOf({ id, number, file, origin, outcome }: KnownStudy): StudyBrief {
  const kind = "experiment" in file ? "experiment" : "training";
  const { title, condition } = file;
  return { id, number, title, condition, kind, has: outcome !== undefined, origin };
}

/** A study is a section of the report and a page of its own here: headings within its parts come one level up. */
const raised = (parts: StudyParts): StudyParts =>
  Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [
      name,
      name === "checks" ? text : text.replace(/<(\/?)h4\b/g, "<$1h3"),
    ]),
  ) as unknown as StudyParts;

/** @param evidence of all studies */
export function viewOf(
  { id, number, file, source, origin, outcome }: KnownStudy,
  evidence: readonly Evidence[],
  calibrated: KnownErrors | undefined,
): StudyView {
  const used = "measure" in file ? file.measure.signatures : [];
  const calibration = calibrationOf(calibrated, used);
  return {
    ...{ id, number, file, source, origin },
    evidence: evidence.filter(({ study }) => study === id),
    ...(outcome ? { found: { outcome, parts: raised(studyParts(unpack(outcome))) } } : {}),
    ...(calibration ? { calibration } : {}),
  };
}
