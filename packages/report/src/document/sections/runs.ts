/** Every run of a study: those that did not complete first, then the whole list. */
import type { RunEntry, RunState, StudyOutcome } from "@mesascope/lab/studies";
import { count, plural } from "../../figures/index.ts";
import { type Html, html } from "../html.ts";
import { duration, instant } from "../values.ts";

const statusWords: Readonly<Record<RunState["status"], string>> = {
  complete: "complete",
  failed: "failed",
  partial: "not finished",
  absent: "not started",
  corrupted: "corrupted",
};

const broken = (state: RunState) => state.status === "failed" || state.status === "corrupted";

/** What is missing and why, said before any result; nothing when every run is complete. */
export function missingSection(outcome: StudyOutcome, anchor: string): Html | false {
  const missing = outcome.entries.filter(({ state }) => state.status !== "complete");
  if (missing.length === 0) return false;
  const counts = [...new Set(missing.map(({ state }) => state.status))].map(
    (status) =>
      `${missing.filter(({ state }) => state.status === status).length} ${statusWords[status]}`,
  );
  const withMessage = missing.filter(({ state }) => broken(state));
  return html`<div class="failures" id="${anchor}-missing"><h3>Runs that did not complete</h3>
    <p>${plural(missing.length, "run")} of ${outcome.entries.length}: ${counts.join(", ")}. They are in no mean, and arms without any
    result are marked as missing. Running the study again goes on with them.</p>
    ${
      withMessage.length > 0 &&
      html`<ul>${withMessage.map(
        ({ run, state }) =>
          html`<li><code>${run.id}</code>: <span class="failed">${statusWords[state.status]}</span>${
            "message" in state && `: ${state.message}`
          }</li>`,
      )}</ul>`
    }</div>`;
}

/** All runs, folded away. */
export function runTable(outcome: StudyOutcome, label: string): Html {
  const { entries } = outcome;
  const factors = [...new Set(entries.flatMap(({ run }) => Object.keys(run.arm)))];
  const seconds = entries.reduce(
    (sum, { state }) => sum + ("result" in state ? state.result.seconds : 0),
    0,
  );
  return html`<details><summary>${plural(entries.length, "run")}, ${duration(seconds)} of computing in all</summary>
    <div class="scroll" role="region" aria-label="Runs of ${label}" tabindex="0"><table>
    <thead><tr><th scope="col">Run</th>${factors.map((factor) => html`<th scope="col">${factor}</th>`)}<th scope="col" class="number">Seed</th>
    <th scope="col">Status</th><th scope="col" class="number">Updates</th><th scope="col" class="number">Time</th><th scope="col" class="number">Stored numbers</th>
    <th scope="col">Engine</th><th scope="col">Versions</th><th scope="col">Ended</th></tr></thead>
    <tbody>${entries.map((entry) => runRow(entry, factors))}</tbody></table></div></details>`;
}

function runRow({ run, state }: RunEntry, factors: readonly string[]): Html {
  const result = state.status === "complete" ? state.result : undefined;
  const updates = result?.spent.updates ?? (state.status === "partial" ? state.updates : undefined);
  const seconds = result?.seconds ?? (state.status === "failed" ? state.seconds : undefined);
  const when = result?.when ?? (state.status === "failed" ? state.when : "");
  return html`<tr><th scope="row"><code>${run.id}</code></th>${factors.map((factor) => html`<td>${run.arm[factor]}</td>`)}
    <td class="number">${run.seed}</td><td>${broken(state) ? html`<span class="failed">${statusWords[state.status]}</span>` : statusWords[state.status]}</td>
    <td class="number">${updates !== undefined && count(updates)}</td><td class="number">${seconds !== undefined && duration(seconds)}</td>
    <td class="number">${result && count(result.size)}</td><td>${result && engineWords(result.engine)}</td>
    <td>${result && versionWords(result.versions)}</td><td>${instant(when)}</td></tr>`;
}

/** The engine as it was recorded, with the reason where it is a fall-back. */
export function engineWords({
  name,
  version,
  threads,
  fallback,
}: {
  name: string;
  version: string;
  threads: number;
  fallback?: string;
}): string {
  return `${name} ${version}, ${plural(threads, "thread")}${fallback === undefined ? "" : ` (fall-back: ${fallback})`}`;
}

/** Versions by name. */
export function versionWords(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

/** Engines that computed the study, each with the number of its runs. */
export function engineSummary(outcome: StudyOutcome): string {
  const engines = new Map<string, number>();
  for (const { state } of outcome.entries) {
    if (state.status !== "complete") continue;
    const words = engineWords(state.result.engine);
    engines.set(words, (engines.get(words) ?? 0) + 1);
  }
  if (engines.size === 1) return [...engines.keys()][0]!;
  return [...engines].map(([words, runs]) => `${words}: ${plural(runs, "run")}`).join("; ");
}
