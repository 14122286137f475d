/** A mapping file to begin with, made from a model's own tensors. */
import type { OnnxModel, TensorInfo } from "@mesascope/graph";
import type { SupervisedRules } from "../../core/index.ts";
import { planeNames } from "../../signatures/index.ts";
import { supervisedFamily } from "./mapping-file.ts";

/** Most tensors that are listed. */
const listed = 400;

/** A name as YAML takes it. */
const quoted = (name: string): string =>
  /^[A-Za-z/][\w./-]*$/.test(name) ? name : JSON.stringify(name);

const shapeText = ({ dtype, shape }: TensorInfo): string =>
  `${dtype ?? "?"} [${(shape ?? ["?"]).map((length) => length ?? "?").join(", ")}]`;

/** Tensors that are no weights, with shapes. */
async function computed(model: OnnxModel): Promise<Map<string, TensorInfo>> {
  const weights = new Set(model.definition.graph.initializers.map(({ name }) => name));
  return new Map([...(await model.tensors())].filter(([name]) => !weights.has(name)));
}

/** Bases of names that are numbered from 1 without a gap, with as many tensors. */
function numbered(names: Iterable<string>): Map<string, number> {
  const all = new Set(names);
  const counts = new Map<string, number>();
  for (const name of all) {
    const match = /^(.*\D)1(\D.*)?$/.exec(name);
    if (!match) continue;
    const [, before, after = ""] = match;
    let count = 1;
    while (all.has(`${before}${count + 1}${after}`)) count++;
    if (count > 1) counts.set(`${before}*${after}`, count);
  }
  return counts;
}

/** Rows and columns of cells of a picture `[..., height, width]`, or of a square one flat in the last axis. */
function mazeSize(shape: TensorInfo["shape"], layout: string, planes: number): string {
  const side = Math.sqrt(Number(shape?.at(-1)) / planes);
  const [height, width] = layout.endsWith("F") ? [side, side] : (shape?.slice(-2) ?? []);
  const cells = (length: unknown) =>
    typeof length === "number" && length % 2 === 1 && length >= 5 ? (length - 1) / 2 : 5;
  return `{ rows: ${cells(height)}, cols: ${cells(width)} }`;
}

/** A layout that a tensor of so many axes often has. */
function layoutOf(
  { shape }: TensorInfo,
  rules: SupervisedRules<unknown>,
  of: "input" | "output",
): string {
  const axes = shape?.length ?? 0;
  if (!rules.grid) return axes === 2 && rules.horizon === 1 ? "NF" : "TNF";
  if (axes === 3) return of === "output" && shape?.[0] !== 1 ? "NHW" : "TNF";
  if (axes === 2) return "NF";
  return of === "output" && shape?.[1] === 1 ? "N1HW" : "NCHW";
}

/**
 * The text of a mapping file for a model: what can be told from its tensors is filled in, everything is explained,
 * and all tensors are listed with their shapes.
 * @throws InputError for families in which something acts.
 */
export async function mappingTemplate(model: OnnxModel, family = "maze-path"): Promise<string> {
  const { rules: rulesOf, parameters } = supervisedFamily(family, "--task");
  const rules = rulesOf(parameters.parse({})) as SupervisedRules<unknown>;
  const tensors = await computed(model);
  const [input = "input", inputInfo = unknown] = [...model.inputs][0] ?? [];
  const inputLayout = layoutOf(inputInfo, rules, "input");
  const outputs = [...model.outputs.keys()];
  const output = outputs.includes("logits") ? "logits" : (outputs.at(-1) ?? "output");
  const outputInfo = tensors.get(output) ?? unknown;
  const classes =
    rules.loss === "binary-cross-entropy" &&
    outputInfo.shape?.length === 4 &&
    Number(outputInfo.shape[1]) > 1;
  const same = (shape: TensorInfo["shape"]) => shape?.join() === outputInfo.shape?.join();
  const groups = [...numbered(tensors.keys())];
  const first = (pattern: string) => tensors.get(pattern.replace("*", "1"));
  const ticks = groups.filter(
    ([pattern, count]) =>
      same(first(pattern)?.shape) &&
      // The last tick is the output, under its number or under a name without one.
      (pattern.replace("*", String(count)) === output || pattern.startsWith(output)),
  );
  const hooks = groups.filter(([pattern]) => !ticks.some(([tick]) => tick === pattern));
  return `\
# What the tensors of a model mean, for mesascope inspect. Check what is filled in: it is guessed from names and shapes.
task:
  family: ${family}
${
  rules.grid
    ? `  # Size and kind of the mazes that the model was made for; pictures are (2 rows + 1) x (2 cols + 1) pixels.
  parameters: ${mazeSize(inputInfo.shape, inputLayout, rules.grid.channels)}
`
    : "  parameters: {}\n"
}
input:
  tensor: ${quoted(input)}
  # One letter for each axis: N examples, T steps, C planes, H rows, W columns, F all numbers of an example's step, 1 an
  # axis of length one.
  layout: ${inputLayout}
${
  rules.grid
    ? `  # In the order of the model. Known: ${planeNames(rules).join(", ")}. A plane may be a
  # weighted sum, e.g. { open: 1, goal: -1 }.
  planes: [${rules.observation.map(({ name }) => name).join(", ")}]
`
    : ""
}
output:
  tensor: ${quoted(output)}
  layout: ${layoutOf(outputInfo, rules, "output")}
  # logits (above 0: marked), probabilities, classes (logits of classes along C, 'marked' being the one that marks),
  # or values.
  holds: ${classes ? "classes" : rules.loss === "squared-error" ? "values" : "logits"}
${classes ? "  marked: 1\n" : ""}
# The output after each tick, where the model thinks in ticks: a list that ends with the output itself, or a name
# with * where tensors are numbered from 1.
${ticks.length > 0 ? `ticks: ${tickList(ticks[0]!, output)}` : `# ticks: [first, second, ${output}]`}

# Tensors to look into, under names of your own: one tensor, a list with one for each tick, or a name with *. The
# first axis is N. Pictures [N, channels, rows, columns] tell most.
${
  hooks.length > 0
    ? `hooks:\n${hooks.map(([pattern]) => `  ${quoted(hookName(pattern))}: ${quoted(pattern)}`).join("\n")}`
    : "# hooks:\n#   state: state.*"
}

${listText(model, tensors)}`;
}

const unknown: TensorInfo = { dtype: undefined, shape: undefined };

/** The numbered tensors, and the output where it goes without a number. */
function tickList([pattern, count]: readonly [string, number], output: string): string {
  const names = Array.from({ length: count }, (_, i) => pattern.replace("*", String(i + 1)));
  if (names.includes(output)) return quoted(pattern);
  return `[${[...names, output].map(quoted).join(", ")}]`;
}

const hookName = (pattern: string): string =>
  pattern.replace("*", "").replace(/^[^A-Za-z]+|[^A-Za-z0-9]+$/g, "") || "state";

function listText(model: OnnxModel, tensors: ReadonlyMap<string, TensorInfo>): string {
  const kind = (name: string) =>
    model.inputs.has(name) ? "input   " : model.outputs.has(name) ? "output  " : "        ";
  const lines = [...tensors].map(
    ([name, info]) => `#   ${kind(name)}${name}  ${shapeText(info)}\n`,
  );
  const more = lines.length - listed;
  return `# Tensors of the model:\n${lines.slice(0, listed).join("")}${more > 0 ? `#   and ${more} more\n` : ""}`;
}
