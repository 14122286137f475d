/** One study, in the order of a paper: claim, prediction, what was done, figures, findings, limits, every run. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { type Html, html } from "../html.ts";
import { conclusionOf, proseOf } from "../prose/index.ts";
import { armTable } from "./arms.ts";
import { designSection, studyCommand } from "./design.ts";
import { figureSection, predictionList, verdictSection } from "./findings.ts";
import { studyAnchor } from "./overview.ts";
import { engineSummary, missingSection, runTable } from "./runs.ts";

/** The study's part of the report. */
export function studySection(outcome: StudyOutcome): Html {
  const { study } = outcome;
  const { file } = study;
  const anchor = studyAnchor(outcome);
  const prose = proseOf(outcome);
  const part = (name: string, heading: string, content: Html | false) =>
    content && html`<h3 id="${anchor}-${name}">${heading}</h3>${content}`;
  const engines = engineSummary(outcome);
  return html`<section aria-labelledby="${anchor}">
    <h2 id="${anchor}">${file.title}</h2>
    <p class="quiet">Study ${study.number}, <code>${file.id}</code>; condition: ${file.condition}</p>
    ${contents(anchor)}
    ${missingSection(outcome, anchor)}
    ${part("claim", "The claim, and what was predicted", html`<p class="lead">${file.claim}</p>${predictionList(outcome)}`)}
    ${part("design", "What was done", designSection(outcome))}
    ${part("figures", "Figures", figureSection(outcome, anchor))}
    ${part("found", "What was found", html`${verdictSection(outcome)}${prose?.remarks(outcome)}${conclusionOf(outcome)}`)}
    ${part("limits", "What it does not show", html`<ul>${file.notControlled.map((sentence) => html`<li>${sentence}</li>`)}</ul>`)}
    ${part("checks", "Checks with known answers", prose?.checks(outcome) ?? false)}
    ${part(
      "again",
      "How to reproduce it",
      html`<p>In a checkout, after <code>npm ci</code>:</p><div class="command" role="region" aria-label="Command" tabindex="0">${studyCommand(outcome)}</div>
      <p>${engines !== "" && `Computed by ${engines}. `}The same specification, seed and engine give the same numbers, bit for bit.</p>`,
    )}
    ${part("arms", "Every arm", armTable(outcome, file.title))}
    ${part("runs", "Every run", runTable(outcome, file.title))}
    <details><summary>The study as it was declared (YAML)</summary><pre><code>${study.source}</code></pre></details>
    </section>`;
}

function contents(anchor: string): Html {
  const parts = [
    ["claim", "claim"],
    ["design", "design"],
    ["figures", "figures"],
    ["found", "findings"],
    ["limits", "limits"],
    ["again", "reproduce"],
    ["arms", "arms"],
    ["runs", "runs"],
  ] as const;
  return html`<nav class="study" aria-label="Parts of this study"><ul>${parts.map(
    ([name, words]) => html`<li><a href="#${anchor}-${name}">${words}</a></li>`,
  )}</ul></nav>`;
}
