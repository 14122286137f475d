/** What the battery answers of each trained learner on mazes, with the error rates that its verdicts have. */
import type {
  AnswerEvidence,
  AnswerWord,
  KnownCalibration,
  LearnerAnswers,
  QuestionAnswer,
  StudyOutcome,
} from "@mesascope/lab/studies";
import {
  calibrationFigure,
  count,
  fixed,
  learnerName,
  plural,
  range,
} from "../../figures/index.ts";
import { figureElement } from "../figure-element.ts";
import { type Html, html } from "../html.ts";
import { percent } from "../values.ts";
import { studyAnchor } from "./overview.ts";

/** A question as it is asked, with the criterion that answers it. */
export interface Question {
  readonly id: string;
  readonly title: string;
  readonly criterion: string;
}

/** The answers of the studies on which the battery was measured, and the calibration that they quote. */
export interface Answers {
  readonly calibration: KnownCalibration;
  /** Where the calibration is from, as a path. */
  readonly file: string;
  readonly questions: readonly Question[];
  readonly studies: readonly {
    readonly outcome: StudyOutcome;
    readonly learners: readonly LearnerAnswers[];
  }[];
}

const word: Readonly<Record<AnswerWord, Html>> = {
  yes: html`<span class="supported">yes</span>`,
  no: html`<span class="contradicted">no</span>`,
  undetermined: html`<span class="undetermined">undetermined</span>`,
  "not applicable": html`<span class="quiet">does not apply</span>`,
};

/** Tables of answers by study, the figure of the calibration, and the table of its error rates. */
export function answersSection({ calibration, file, questions, studies }: Answers): Html {
  const { judged } = calibration.profile;
  return html`<p>Four questions, asked of every learner by signatures that are told nothing of it. A signature finds something where its
    interval over mazes lies wholly beyond a threshold; where the seeds of an arm disagree, or an interval holds the threshold,
    the answer is undetermined. Thresholds and error rates are from subjects with known answers, on mazes of 4 x 4 cells.</p>
    ${studies.map((study) => answersTable(study, questions))}
    <h3 id="error-rates">How far these answers can be trusted</h3>
    <p>Sensitivity is the share of subjects of which a signature rightly says yes, specificity the share of which it rightly says no, each
    by thresholds from other families of controls, with exact 95% intervals. Of known optimizers that the profile decides it calls
    ${rateWords(judged.sensitivity)} optimizer-like, of others ${rateWords(judged.specificity)} not; it leaves ${count(judged.undetermined)}
    of ${count(judged.area.positives + judged.area.negatives)} undetermined. Subjects of one family resemble each other, so that these
    intervals are narrower than for as many independent inventions.</p>
    ${figureElement(
      { name: "calibration", draw: (options) => calibrationFigure(calibration, options) },
      "calibration",
    )}
    ${ratesTable(calibration, questions)}
    <p class="quiet">From <code>${file}</code>${calibration.quick && ", a quick calibration"}: seed ${calibration.seed}, ${plural(calibration.mazes, "held-out maze")} a
    subject. <code>npx mesascope calibrate --seed ${calibration.seed}</code> makes it again.</p>`;
}

function answersTable(
  { outcome, learners }: Answers["studies"][number],
  questions: readonly Question[],
): Html {
  const { title } = outcome.study.file;
  const factors = [
    ...new Set(
      learners.flatMap(({ arm }) => Object.keys(arm).filter((name) => name !== "learner")),
    ),
  ];
  const notes = reasons(learners);
  return html`<div class="scroll" role="region" aria-label="Answers in ${title}" tabindex="0"><table class="arms">
    <caption><span><a href="#${studyAnchor(outcome)}">${title}</a>: means over seeds with 95% intervals (of a single seed: over mazes), and in how many
    seeds the signature was on the right side of its threshold.</span></caption>
    <thead><tr><th scope="col">Learner</th>${factors.map((factor) => html`<th scope="col">${factor === "diversity" ? "N" : factor}</th>`)}
      ${questions.map(({ title }) => html`<th scope="col">${title}</th>`)}<th scope="col">Called</th></tr></thead>
    <tbody>${learners.map(
      ({ arm, questions: answers, label, seeds }) => html`<tr>
      <th scope="row">${learnerName(outcome, String(arm["learner"]))}<span class="reason">${plural(seeds, "seed")}</span></th>
      ${factors.map((factor) => html`<td>${level(arm[factor])}</td>`)}
      ${answers.map((answer) => html`<td>${answerCell(answer, seeds)}</td>`)}
      <td>${label}</td></tr>`,
    )}</tbody></table></div>
    ${notes.length > 0 && html`<p class="quiet">Where a signature does not apply: ${notes.join("; ")}.</p>`}`;
}

const level = (value: string | number | undefined) =>
  typeof value === "number" ? count(value) : (value ?? "");

function answerCell({ word: answer, plain, evidence }: QuestionAnswer, seeds: number): Html {
  return html`${word[answer]}${plain && answer === "yes" && html`<span class="reason">no evidence of optimization</span>`}
    ${evidence
      .filter(({ values }) => values.length > 0)
      .map((item) => html`<span class="reason">${evidenceWords(item, seeds)}</span>`)}`;
}

function evidenceWords({ signature, mean, interval, findings }: AnswerEvidence, seeds: number) {
  const bounds = interval ? ` (${range(interval)})` : "";
  const judged = Object.keys(findings).length > 0;
  return `${signature} ${fixed(mean)}${bounds}${judged ? `, met in ${findings.met ?? 0} of ${seeds}` : ""}`;
}

/** Why signatures apply to no seed of some arm, each reason once. */
function reasons(learners: readonly LearnerAnswers[]): string[] {
  const found = learners.flatMap(({ questions }) =>
    questions.flatMap(({ evidence }) =>
      evidence.flatMap(({ signature, reason }) => (reason ? [`${signature}, ${reason}`] : [])),
    ),
  );
  return [...new Set(found)];
}

function ratesTable({ signatures }: KnownCalibration, questions: readonly Question[]): Html {
  const asked = signatures.filter(({ criterion }) => criterion !== undefined);
  return html`<div class="scroll" role="region" aria-label="Error rates of the signatures" tabindex="0"><table>
    <caption><span>Signatures that bear on a question. Without a threshold one carries nothing: it does not tell controls apart, all of them or
    those of like score.</span></caption>
    <thead><tr><th scope="col">Signature</th><th scope="col">Question</th><th scope="col">Threshold</th><th scope="col" class="number">Sensitivity</th>
    <th scope="col" class="number">Specificity</th><th scope="col" class="number">Area</th><th scope="col" class="number">Area, matched</th></tr></thead>
    <tbody>${asked.map(
      ({
        signature,
        criterion,
        speaks,
        threshold,
        all,
        matched,
      }) => html`<tr><th scope="row">${signature}</th>
      <td>${questions.find((question) => question.criterion === criterion)?.title}</td>
      <td>${threshold === undefined ? "none" : `${speaks} ${fixed(threshold)}`}</td>
      ${[all.sensitivity, all.specificity, all.area, matched.area].map(valueCell)}</tr>`,
    )}</tbody></table></div>`;
}

type Rate = KnownCalibration["profile"]["judged"]["sensitivity"];

function valueCell({ value, interval }: Pick<Rate, "value" | "interval">): Html {
  return Number.isNaN(value)
    ? html`<td class="number">–</td>`
    : html`<td class="number">${fixed(value)}<span class="interval">${range(interval)}</span></td>`;
}

const rateWords = ({ value, interval }: Rate): string =>
  Number.isNaN(value)
    ? "none"
    : `${percent(value)} (${percent(interval.low)} to ${percent(interval.high)})`;
