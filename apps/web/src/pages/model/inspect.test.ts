/** The sample of the page: a network whose shares of solved mazes its own study measured. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fields, readFields, withField } from "./form.ts";
import { inspector, type ModelAnswer } from "./inspect.ts";

const bytes = readFileSync(new URL("../../../public/subjects/3x3-n4096.onnx", import.meta.url));
const quiet = { signal: new AbortController().signal, tell: () => {} };

async function opened() {
  const ask = inspector();
  const answer = await ask({ kind: "open", bytes, family: "maze-path" }, quiet);
  if (answer.kind !== "opened") throw new Error("not opened");
  return { ask, mapping: answer.opened.mapping, answer };
}

const textOf = (answer: ModelAnswer) =>
  answer.kind === "understood" ? Object.fromEntries(answer.lines) : {};

describe("inspector", () => {
  it("opens a file, guesses a mapping, and says how it was understood", async () => {
    const { ask, mapping, answer } = await opened();
    expect(answer.opened.inputs).toEqual([{ name: "observations", shape: "float32 [1, 1, 147]" }]);
    expect(answer.opened.outputs).toHaveLength(6);
    const lines = textOf(await ask({ kind: "understand", name: "sample", mapping }, quiet));
    expect(lines["input"]).toBe("observations [1, 1, 147] as TNF: walls, start, goal");
    expect(lines["ticks"]).toBe("6: logits.1 ... logits");
    expect(lines["hooks"]).toMatch(/^state, 6 ticks: state.1 ... state.6, \[16, 7, 7\] an example/);
  });

  it("measures it, telling of each signature, and stops between two", async () => {
    const { ask, mapping } = await opened();
    const control = new AbortController();
    const told: string[] = [];
    const measuring = ask(
      { kind: "measure", mapping, examples: 24, seed: 1 },
      {
        signal: control.signal,
        tell({ signature, done }) {
          told.push(signature);
          if (done === 3) control.abort(new Error("enough"));
        },
      },
    );
    await expect(measuring).rejects.toThrow("enough");
    expect(told).toHaveLength(3);
  });

  it("finds that it solves new mazes as often as its study says", async () => {
    const { ask, mapping } = await opened();
    const answer = await ask({ kind: "measure", mapping, examples: 64, seed: 1 }, quiet);
    if (answer.kind !== "measured") throw new Error("not measured");
    const success = answer.answers.find((a) => a.measurement.signature === "novel-success")!;
    const { solved } = JSON.parse(
      readFileSync(new URL("../../../public/subjects/subjects.json", import.meta.url), "utf8"),
    ).find(({ id }: { id: string }) => id === "3x3-n4096");
    if (!success.measurement.applicable) throw new Error("not applicable");
    // 64 mazes have a standard error of 0.04.
    expect(Math.abs(success.measurement.value - solved.novel)).toBeLessThan(0.15);
    expect(success.question).toMatch(/\?$/);
  });

  it.each([
    [
      (m: string) => m.replace("tensor: observations", "tensor: observation"),
      /mapping:\d+:\d+: the model has no input 'observation'; did you mean 'observations'\?/,
    ],
    [
      (m: string) => m.replace("layout: TNF", "layout: XYZ"),
      /mapping:\d+:\d+: layout 'XYZ' has the letter 'X'/,
    ],
    [() => "task: [", /mapping/],
  ])("refuses mappings that do not fit, in one sentence", async (edit, message) => {
    const { ask, mapping } = await opened();
    await expect(
      ask({ kind: "understand", name: "sample", mapping: edit(mapping) }, quiet),
    ).rejects.toThrow(message);
  });

  it("refuses files that are no models, and questions before one is open", async () => {
    const ask = inspector();
    await expect(
      ask({ kind: "open", bytes: Uint8Array.of(1, 2, 3), family: "maze-path" }, quiet),
    ).rejects.toThrow(/cut off or damaged/);
    await expect(ask({ kind: "template", family: "maze-path" }, quiet)).rejects.toThrow(
      "no model was opened",
    );
  });
});

describe("the form", () => {
  const text =
    "# kept\ntask:\n  family: maze-path\n  parameters: { rows: 3, cols: 4 }\ninput:\n  tensor: x # the picture\n  layout: NCHW\n";

  it("reads fields, and leaves out what is not there", () => {
    const values = readFields(text)!;
    expect(values["parameters"]).toBe("{ rows: 3, cols: 4 }");
    expect(values["input"]).toBe("x");
    expect(values["ticks"]).toBe("");
    expect(readFields("task: [")).toBeUndefined();
  });

  it("writes a field and leaves the rest and its comments as they are", () => {
    const field = (id: string) => fields.find((one) => one.id === id)!;
    const ticks = withField(text, field("ticks"), '"marks.*"');
    expect(readFields(ticks)!["ticks"]).toBe('"marks.*"');
    expect(ticks).toContain("# kept");
    expect(ticks).toContain("# the picture");
    expect(withField(ticks, field("ticks"), "")).toBe(withField(text, field("ticks"), ""));
    expect(
      readFields(withField(text, field("planes"), "[walls, { open: 1, goal: -1 }]"))!["planes"],
    ).toBe("[walls, { open: 1, goal: -1 }]");
  });
});
