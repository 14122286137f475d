/** The report: one HTML file that asks nothing of a network, readable from a file manager. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { list } from "../figures/index.ts";
import { type Html, html, trusted } from "./html.ts";
import { proseOf, type TaskProse } from "./prose/index.ts";
import { agreementSection } from "./sections/agreement.ts";
import { type Answers, answersSection } from "./sections/answers.ts";
import {
  type ConditionRow,
  conditionsTable,
  studyAnchor,
  verdictTable,
} from "./sections/overview.ts";
import { versionWords } from "./sections/runs.ts";
import { studySection } from "./sections/study.ts";
import { styleSheet } from "./style.ts";
import { instant } from "./values.ts";

/** Where a report comes from. */
export interface Provenance {
  /** ISO 8601 time at which it was made. */
  readonly generated: string;
  /** The command that made it. */
  readonly command: string;
  /** Versions of the lab, Node and others, and the commit, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What a report is made of. */
export interface ReportInput {
  readonly outcomes: readonly StudyOutcome[];
  readonly conditions: readonly ConditionRow[];
  readonly provenance: Provenance;
  /** What the battery answers of learners on mazes, where it was measured. */
  readonly answers?: Answers;
}

/** Renders the whole report as one self-contained HTML file. */
export function renderReport({ outcomes, conditions, provenance, answers }: ReportInput): string {
  const readings = readingsOf(outcomes);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mesascope report: ${outcomes.map(({ study }) => study.file.title).join("; ") || "no studies"}</title>
<style>${trusted(styleSheet)}</style>
</head>
<body>
<a class="skip" href="#verdicts">Skip to the verdicts</a>
<header class="page">
<h1>When does training produce an optimizer?</h1>
<p class="lead">Conditions from <cite>Risks from Learned Optimization</cite> (Hubinger, van Merwijk, Mikulik, Skalse and
Garrabrant 2019, <a href="https://arxiv.org/abs/1906.01820">arXiv 1906.01820</a>), tested by training learners and measuring
how much they optimize at run time.</p>
${contents(outcomes, readings, answers !== undefined)}
</header>
<main class="page">
<section aria-labelledby="verdicts"><h2 id="verdicts">Verdicts</h2>${verdictTable(outcomes)}</section>
<section aria-labelledby="conditions"><h2 id="conditions">Where the conditions stand</h2>${conditionsTable(conditions)}</section>
${readings.map(({ prose, outcomes: of }) => html`<section aria-labelledby="reading-${prose.family}"><h2 id="reading-${prose.family}">${readingTitle(of)}</h2>${prose.reading(of)}</section>`)}
${outcomes.map(studySection)}
${answers && html`<section aria-labelledby="answers"><h2 id="answers">${answersTitle}</h2>${answersSection(answers)}</section>`}
${agreementSection(outcomes)}
</main>
${footer(provenance)}
</body>
</html>
`;
  return page.text;
}

interface Reading {
  readonly prose: TaskProse;
  readonly outcomes: readonly StudyOutcome[];
}

/** The explanations that the studies need, each once: families may share one. */
function readingsOf(outcomes: readonly StudyOutcome[]): Reading[] {
  const found = new Map<TaskProse["reading"], { prose: TaskProse; outcomes: StudyOutcome[] }>();
  for (const outcome of outcomes) {
    const prose = proseOf(outcome);
    if (!prose) continue;
    const known = found.get(prose.reading);
    if (known) known.outcomes.push(outcome);
    else found.set(prose.reading, { prose, outcomes: [outcome] });
  }
  return [...found.values()];
}

/** Names the families and experiments whose numbers are read alike. */
function readingTitle(outcomes: readonly StudyOutcome[]): string {
  const families = outcomes.map(({ study }) =>
    study.kind === "training" ? study.file.task.family : study.file.experiment.id,
  );
  return `How to read ${list([...new Set(families)].map((id) => id.replaceAll("-", " ")))}`;
}

const answersTitle = "What do the learners on mazes do inside?";

function contents(
  outcomes: readonly StudyOutcome[],
  readings: readonly Reading[],
  answered: boolean,
): Html {
  return html`<nav aria-label="Contents"><ul>
    <li><a href="#verdicts">Verdicts</a></li>
    <li><a href="#conditions">Conditions</a></li>
    ${readings.map(({ prose, outcomes: of }) => html`<li><a href="#reading-${prose.family}">${readingTitle(of)}</a></li>`)}
    ${outcomes.map((outcome) => html`<li><a href="#${studyAnchor(outcome)}">${outcome.study.file.title}</a></li>`)}
    ${answered && html`<li><a href="#answers">${answersTitle}</a></li>`}
    </ul></nav>`;
}

function footer({ generated, command, versions }: Provenance): Html {
  return html`<footer class="page"><p>Made ${instant(generated)} by <code>${command}</code>. ${versionWords(versions)}.</p>
<p>Optimization here is measured by what a learned algorithm achieves. A verdict holds at the scale of its study and says
nothing, alone, about larger systems.</p></footer>`;
}
