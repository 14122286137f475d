/** The parts of a study's section one by one, for a page that lays them out itself. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { html } from "./html.ts";
import { conclusionOf, proseOf } from "./prose/index.ts";
import { armTable } from "./sections/arms.ts";
import { designSection, studyCommand } from "./sections/design.ts";
import { verdictSection } from "./sections/findings.ts";
import { engineSummary } from "./sections/runs.ts";

/** Markup, escaped where it holds what others wrote. */
export interface StudyParts {
  readonly design: string;
  /** Verdicts, thresholds, remarks, and what the analysis concluded. */
  readonly found: string;
  /** How to read the measures on this task; empty where nothing needs to be said. */
  readonly reading: string;
  /** Measured values whose right answer is known; empty where there are none. */
  readonly checks: string;
  /** Table of arms. */
  readonly arms: string;
  /** Engines that computed it, as plain text. */
  readonly engines: string;
  /** The command that repeats it, as plain text. */
  readonly command: string;
}

/** Everything that the report says of a study but its figures. */
export function studyParts(outcome: StudyOutcome): StudyParts {
  const prose = proseOf(outcome);
  return {
    design: designSection(outcome).text,
    found: html`${verdictSection(outcome)}${prose?.remarks(outcome)}${conclusionOf(outcome)}`.text,
    reading: html`${prose?.reading([outcome])}`.text,
    checks: html`${prose?.checks(outcome)}`.text,
    arms: armTable(outcome, outcome.study.file.title).text,
    engines: engineSummary(outcome),
    command: studyCommand(outcome),
  };
}
