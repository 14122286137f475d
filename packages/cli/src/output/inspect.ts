/** An inspected model in plain text: how its mapping was understood, what was measured, and the profile. */
import type { Measurement } from "@mesascope/lab/core";
import { criteria, type FittedModel, type Profile } from "@mesascope/lab/signatures";
import type { InspectedTask } from "@mesascope/lab/studies";
import type { KnownErrors } from "../calibrated.ts";
import { interval, measured, plural } from "./format.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";

export interface Understood {
  readonly model: string;
  readonly inspected: InspectedTask;
  readonly fitted: FittedModel;
}

const shape = (lengths: readonly number[]) => `[${lengths.join(", ")}]`;

/** One line for each part of the mapping. */
export function understoodText({ model, inspected, fitted }: Understood): string {
  const { input, output, ticks, hooks, chunk, anyBatch } = fitted;
  const planes = input.planes.map(({ text }) => text).join(", ");
  const lines: [string, string][] = [
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
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
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

/** A table of what was measured, and the reasons where something was not. */
export function measurementsText(measurements: readonly Measurement[], style: Style): string {
  const rows = measurements.flatMap((m) =>
    m.applicable
      ? [
          [
            m.signature,
            measured(m.value),
            interval(m.interval),
            m.unit,
            String(m.n),
            Object.entries(m.baselines)
              .map(([name, value]) => `${name} ${measured(value)}`)
              .join(", "),
          ],
        ]
      : [],
  );
  const columns = [
    { title: "signature" },
    { title: "value", number: true },
    { title: "95% interval" },
    { title: "unit" },
    { title: "n", number: true },
    { title: "to be compared with" },
  ];
  const none = measurements.flatMap((m) =>
    m.applicable ? [] : [`${style.dim("not applicable")}  ${m.signature}: ${m.reason}\n`],
  );
  return `${table(columns, rows)}${none.length > 0 ? `\n${none.join("")}` : ""}`;
}

/** The four criteria with what they rest on and the calibrated error rates. */
export function profileText(
  profile: Profile | undefined,
  calibration: KnownErrors | undefined,
  data: string,
  style: Style,
): string {
  if (!profile || !calibration)
    return (
      `No profile: the signatures' error rates are not known here. ` +
      `'mesascope calibrate --data ${data}' measures them.\n`
    );
  const errors = new Map(calibration.signatures.map((rates) => [rates.signature, rates]));
  const rows = profile.criteria.flatMap(({ criterion, finding, evidence }) => {
    const title = criteria.find(({ id }) => id === criterion)!.title;
    return evidence.map((item, i) => {
      const rates = errors.get(item.signature)?.all;
      return [
        i === 0 ? finding : "",
        i === 0 ? title : "",
        item.signature,
        item.threshold === undefined
          ? (item.reason ?? "")
          : `${measured(item.value!)} against ${measured(item.threshold)}: ${item.finding}`,
        rates ? rateText(rates.sensitivity) : "-",
        rates ? rateText(rates.specificity) : "-",
      ];
    });
  });
  const { judged } = calibration.profile;
  return (
    `${style.bold(`Profile: ${profile.label}`)}\n` +
    table(
      [
        { title: "finding" },
        { title: "criterion" },
        { title: "rests on" },
        { title: "value" },
        { title: "sensitivity" },
        { title: "specificity" },
      ],
      rows,
    ) +
    `On subjects with known answers the profile has sensitivity ${rateText(judged.sensitivity)} and specificity ` +
    `${rateText(judged.specificity)} (${calibration.file}${calibration.quick ? ", a quick one" : ""}).\n`
  );
}

const rateText = ({
  value,
  interval: bounds,
}: {
  value: number;
  interval: { low: number; high: number };
}) => (Number.isNaN(value) ? "-" : `${measured(value)} ${interval(bounds)}`);
