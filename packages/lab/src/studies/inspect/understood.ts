/** How a mapping was understood, line by line, for whoever shows it. */
import type { FittedModel } from "../../signatures/index.ts";
import type { InspectedTask } from "./mapping-file.ts";

const shape = (lengths: readonly number[]) => `[${lengths.join(", ")}]`;

const plural = (count: number, word: string) =>
  `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

/**
 * What the mapping says and what each tensor was found to be; further hooks have an empty name.
 * @param model its name, as the user knows it
 */
export function understoodLines(
  model: string,
  inspected: InspectedTask,
  { input, output, ticks, hooks, chunk, anyBatch }: FittedModel,
): [name: string, value: string][] {
  const planes = input.planes.map(({ text }) => text).join(", ");
  return [
    ["model", model],
    ["task", `${inspected.family} ${JSON.stringify(inspected.parameters)}`],
    ["trained on", trainedOn(inspected)],
    ["input", `${input.tensor} ${shape(input.shape)} as ${input.layout}${planes && `: ${planes}`}`],
    [
      "batch",
      anyBatch
        ? `any, taken as ${plural(chunk, "example")} at once`
        : `${plural(chunk, "example")} at once, filled up with zeros`,
    ],
    ["output", `${output.tensor} ${shape(output.shape)} as ${output.layout}: ${heldText(output)}`],
    ["ticks", ticks.length > 0 ? `${ticks.length}: ${shortened(ticks)}` : "none"],
    ...hookLines(hooks),
  ];
}

const trainedOn = ({ diversity }: InspectedTask): string =>
  diversity === "fresh"
    ? "not known: all instances are new draws"
    : `${plural(diversity, "instance")} of this lab's`;

function heldText({ holds, marked, sizes }: FittedModel["output"]): string {
  return holds === "classes" ? `${sizes.C} classes, ${marked} marks` : holds;
}

/** First and last of many names. */
const shortened = (names: readonly string[]): string =>
  names.length > 3 ? `${names[0]} ... ${names.at(-1)}` : names.join(", ");

function hookLines(hooks: FittedModel["hooks"]): [string, string][] {
  if (hooks.length === 0) return [["hooks", "none: nothing inside can be read or patched"]];
  const groups = new Map<string, FittedModel["hooks"][number][]>();
  for (const hook of hooks) {
    const base = hook.name.replace(/\.\d+$/, "");
    groups.set(base, [...(groups.get(base) ?? []), hook]);
  }
  return [...groups].map(([base, members], i) => {
    const shapes = new Set(members.map((member) => shape(member.shape)));
    const tensors = shortened(members.map(({ tensor }) => tensor));
    const ticks = members.length > 1 ? `, ${members.length} ticks` : "";
    return [
      i === 0 ? "hooks" : "",
      `${base}${ticks}: ${tensors}, ${[...shapes].join(" and ")} an example`,
    ];
  });
}
