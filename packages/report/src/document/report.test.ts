import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, test } from "vitest";
import { synthetic } from "../figures/testing/synthetic.ts";
import { type ConditionRow, renderReport } from "./index.ts";

const conditions: ConditionRow[] = [
  {
    id: "diversity",
    condition: "Diversity",
    claim: "More instances, more search.",
    status: "supported at this scale (study 001, full)",
  },
  {
    id: "capacity",
    condition: "Capacity",
    claim: "Small models search <more>.",
    status: "not yet studied",
  },
];

const provenance = {
  generated: "2000-01-01T00:00:00Z",
  command: "mesascope report",
  versions: { mesascope: "0.1.0" },
};

const noiseless = synthetic();
const noisy = synthetic({ form: "noisy" }, () => false);
let text: string;
let document: Document;

beforeAll(() => {
  text = renderReport({ outcomes: [noiseless, noisy], conditions, provenance });
  document = parseHTML(text).document;
});

const all = (selector: string) => [...document.querySelectorAll(selector)];
const words = () => document.body.textContent!.replace(/\s+/g, " ");

describe("one file", () => {
  test("asks nothing of a network and runs nothing", () => {
    expect(all("script, link, img, iframe, object, embed, use, image, video")).toEqual([]);
    expect(all("[src], [srcset], [onload], [onclick]")).toEqual([]);
    expect(text).not.toMatch(/@import|url\(/);
    const outside = all("a[href]").filter((link) => !link.getAttribute("href")!.startsWith("#"));
    expect(outside.map((link) => link.getAttribute("href"))).toEqual([
      "https://arxiv.org/abs/1906.01820",
    ]);
  });

  test("is the same when made again", () => {
    expect(renderReport({ outcomes: [noiseless, noisy], conditions, provenance })).toBe(text);
  });

  test("stays small enough to send", () => {
    expect(text.length).toBeLessThan(1_500_000);
  });

  test("holds no value that is not one", () => {
    expect(words()).not.toMatch(/\b(?:NaN|undefined|Infinity|null|\[object)\b/);
  });
});

describe("structure", () => {
  test("has landmarks, one first heading, and headings in order", () => {
    expect(all("header, main, footer")).toHaveLength(3);
    const levels = all("h1, h2, h3, h4, h5").map((heading) => Number(heading.tagName[1]));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    levels.slice(1).forEach((level, index) => {
      expect(level).toBeLessThanOrEqual(levels[index]! + 1);
    });
  });

  test("every id occurs once, every link within the page and every reference has its target", () => {
    const ids = all("[id]").map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const wanted = [
      ...all('a[href^="#"]').map((link) => link.getAttribute("href")!.slice(1)),
      ...all("[aria-labelledby]").flatMap((node) =>
        node.getAttribute("aria-labelledby")!.split(" "),
      ),
    ];
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("every table says what its columns are, every row what it is about", () => {
    for (const table of all("table")) {
      const heads = [...table.querySelectorAll("thead th")];
      expect(heads.length).toBeGreaterThan(0);
      expect(heads.every((head) => head.getAttribute("scope") === "col")).toBe(true);
      const bare = [...table.querySelectorAll("tbody tr")].filter(
        (row) => !row.querySelector("th[scope]"),
      );
      expect(bare).toEqual([]);
    }
  });
});

describe("what it tells", () => {
  test("the verdicts and the conditions come first, with their status as given", () => {
    const order = all("h2").map(({ id }) => id);
    expect(order.slice(0, 2)).toEqual(["verdicts", "conditions"]);
    const rows = all(".conditions tbody tr").map((row) =>
      row.textContent!.replace(/\s+/g, " ").trim(),
    );
    expect(rows[0]).toMatch(/Diversity.*supported at this scale \(study 001, full\)/);
    expect(rows[1]).toMatch(/Small models search <more>\..*not yet studied/);
    expect(rows[1]).not.toMatch(/supported|contradicted/);
  });

  test("every prediction with its verdict, effect, interval, margin and seeds", () => {
    for (const { statement, verdict } of noiseless.verdicts) {
      const row = all(".verdicts tbody tr").find((one) => one.textContent!.includes(statement));
      expect(row?.querySelector(`.${verdict}`)?.textContent).toBe(verdict);
    }
    expect(words()).toMatch(
      /effect −?\d+\.\d\d bits; 9\d(?:\.\d)?% interval .* to .*; margin 2 bits; 3 seeds; Cliff’s delta/,
    );
  });

  test("every run, and those that failed first with what they said", () => {
    for (const { run } of noiseless.entries) {
      expect(all("tbody th code").some((code) => code.textContent === run.id)).toBe(true);
    }
    const failures = all(".failures li").map((item) => item.textContent);
    expect(failures).toContain(
      "gru-16-2-synthetic: failed: synthetic failure: the process of seed 2 ended with signal SIGKILL",
    );
    expect(words()).toContain(
      "4 runs of 72 in Synthetic study of a noiseless keyed bandit did not complete",
    );
  });

  test("every arm, those without results as well", () => {
    const arms = all(".arms")
      .slice(0, 1)
      .flatMap((table) => [...table.querySelectorAll('th[scope="row"]')]);
    expect(arms).toHaveLength(24);
    expect(all(".arms .failed").map((cell) => cell.textContent)).toEqual(["2 of 3", "0 of 3"]);
  });

  test("what the study does not show, how to repeat it, and how it was declared", () => {
    for (const sentence of noiseless.study.file.notControlled) expect(words()).toContain(sentence);
    expect(all(".command").map((line) => line.textContent)).toContain(
      "npx mesascope run synthetic-noiseless-bandit --profile quick",
    );
    expect(all("details pre").map((pre) => pre.textContent)).toContain(noiseless.study.source);
  });

  test("why a learner without memory can search without noise, and what statefulness adds with it", () => {
    expect(words()).toContain("Why MLP with feedback can do better than chance on new instances");
    expect(words()).toMatch(/win: stay; lose: take the next arm/);
    expect(words()).toMatch(/Swapped feedback/);
    expect(words()).toMatch(/They differ most where a policy holds the answer twice/);
  });

  test("five figures a study, each drawn for wide and for narrow pages", () => {
    expect(all("figure")).toHaveLength(10);
    for (const figure of all("figure"))
      expect(figure.querySelectorAll(":scope > div > svg")).toHaveLength(2);
  });
});

describe("odd input", () => {
  test("markup in names and messages is text", () => {
    const { study } = noiseless;
    const file = { ...study.file, title: "<script>alert(1)</script> & co" };
    const odd = renderReport({
      outcomes: [{ ...noiseless, study: { ...study, file } }],
      conditions: [],
      provenance,
    });
    expect(odd).not.toContain("<script>");
    expect(odd).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co");
  });

  test("a study without results, and no study at all", () => {
    const nothing = synthetic({}, () => true);
    const empty = renderReport({ outcomes: [nothing], conditions, provenance });
    expect(empty).toContain("72 runs of 72");
    expect(empty.replace(/<[^>]*>/g, "")).not.toMatch(/NaN|Infinity/);
    expect(renderReport({ outcomes: [], conditions, provenance })).toContain(
      "No study has been run.",
    );
  });

  test("a study of other factors has its verdicts, arms and runs, without the figures by diversity", () => {
    const widened = synthetic({ learners: ["gru"], diversities: [16] }, () => false);
    const arm = { learner: "gru", width: 32 };
    const runs = widened.study.runs.map((run) => ({ ...run, arm }));
    const other = renderReport({
      outcomes: [
        {
          ...widened,
          study: { ...widened.study, runs },
          entries: widened.entries.map((entry, index) => ({ ...entry, run: runs[index]! })),
          rows: widened.rows.map((row) => ({ ...row, arm })),
        },
      ],
      conditions,
      provenance,
    });
    const page = parseHTML(other).document;
    expect(page.querySelectorAll("figure")).toHaveLength(1);
    expect(page.querySelector(".arms thead")?.textContent).toContain("width");
    expect(page.querySelector(".arms td.number:nth-child(3)")?.textContent).toMatch(/\d\.\d\d/);
  });
});
