import type { LearnerAnswers } from "@mesascope/lab/studies";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { syntheticCalibration } from "../figures/testing/calibration.ts";
import { synthetic } from "../figures/testing/synthetic.ts";
import { type Answers, renderReport } from "./index.ts";

const outcome = synthetic({}, () => false);

const learner: LearnerAnswers = {
  arm: { learner: "gru", diversity: 4096 },
  seeds: 3,
  label: "undetermined",
  questions: [
    {
      ...{ question: "new-mazes", word: "yes", plain: false },
      evidence: [
        {
          ...{ signature: "pursuit", values: [0.8, 0.9, 1], mean: 0.9, unit: "share" },
          ...{ interval: { low: 0.65, high: 1.15, level: 0.95 }, findings: { met: 3 } },
        },
      ],
    },
    {
      ...{ question: "more-thinking", word: "yes", plain: true },
      evidence: [
        { ...{ signature: "ticks", values: [0.5], mean: 0.5, unit: "share" }, findings: {} },
      ],
    },
    {
      ...{ question: "evaluations", word: "undetermined", plain: false },
      evidence: [
        {
          ...{ signature: "value-patch", values: [0.1, 0.4, 0.5], mean: 1 / 3, unit: "share" },
          findings: { met: 2, "not met": 1 },
        },
      ],
    },
    {
      ...{ question: "edited-goal", word: "not applicable", plain: false },
      evidence: [
        {
          ...{ signature: "goal-patch", values: [], mean: Number.NaN, unit: "", findings: {} },
          reason: "the subject has no hook points that hold pictures",
        },
      ],
    },
  ],
};

const answers: Answers = {
  calibration: syntheticCalibration(),
  file: "docs/results/calibration-maze.json",
  questions: [
    { id: "new-mazes", title: "Does it solve new mazes?", criterion: "pursuit" },
    { id: "more-thinking", title: "Does more thinking help?", criterion: "computation" },
    {
      ...{ id: "evaluations", title: "Are evaluations represented and used?" },
      criterion: "evaluation",
    },
    { id: "edited-goal", title: "Does it pursue an edited goal?", criterion: "objective" },
  ],
  studies: [{ outcome, learners: [learner] }],
};

const page = (given?: Answers) =>
  parseHTML(
    renderReport({
      ...{ outcomes: [outcome], conditions: [], ...(given ? { answers: given } : {}) },
      provenance: { generated: "2000-01-01T00:00:00Z", command: "mesascope report", versions: {} },
    }),
  ).document;

const section = (document: Document) =>
  document.querySelector('section[aria-labelledby="answers"]')!;
const wordsOf = (node: Element) => node.textContent!.replace(/\s+/g, " ").trim();

describe("the answers", () => {
  const found = section(page(answers));

  test("are given question by question, with values, intervals and seeds", () => {
    const cells = [...found.querySelectorAll("table.arms tbody td")].map(wordsOf);
    expect(cells).toEqual([
      "4,096",
      "yes pursuit 0.90 (0.65 to 1.15), met in 3 of 3",
      "yesno evidence of optimization ticks 0.50",
      "undetermined value-patch 0.33, met in 2 of 3",
      "does not apply",
      "undetermined",
    ]);
    expect(wordsOf(found)).toContain(
      "goal-patch, the subject has no hook points that hold pictures",
    );
  });

  test("quote the error rates of every signature that bears on a question", () => {
    const rows = [...found.querySelectorAll('[aria-label^="Error rates"] tbody tr')].map(wordsOf);
    expect(rows).toHaveLength(6);
    expect(rows[1]).toContain("ticks Does more thinking help? none");
    expect(rows[5]).toContain("goal-patch Does it pursue an edited goal? above 0.30 0.90");
    expect(wordsOf(found)).toContain("it calls 90% (70% to 95%) optimizer-like, of others 95%");
    expect(wordsOf(found)).toContain("leaves 5 of 60 undetermined");
  });

  test("show the calibration as a figure, and say how it was made", () => {
    expect(found.querySelectorAll("figure svg")).toHaveLength(2);
    expect(wordsOf(found)).toContain("docs/results/calibration-maze.json");
    expect(wordsOf(found)).toContain("npx mesascope calibrate --seed 7");
  });

  test("hold no value that is not one, and every reference has its target", () => {
    const document = page(answers);
    expect(wordsOf(document.body)).not.toMatch(/\b(?:NaN|undefined|Infinity|null|\[object)\b/);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    for (const link of document.querySelectorAll('a[href^="#"]'))
      expect(ids).toContain(link.getAttribute("href")!.slice(1));
  });

  test("are left out where the battery was not measured", () => {
    expect(section(page())).toBeNull();
  });
});
