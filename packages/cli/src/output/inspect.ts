/** An inspected model in plain text: how its mapping was understood, what was measured, and the profile. */
import type { Measurement } from "@mesascope/lab/core";
import { criteria, type FittedModel, type Profile } from "@mesascope/lab/signatures";
import { type InspectedTask, understoodLines } from "@mesascope/lab/studies";
import type { KnownErrors } from "../calibrated.ts";
import { interval, measured } from "./format.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";

export interface Understood {
  readonly model: string;
  readonly inspected: InspectedTask;
  readonly fitted: FittedModel;
}

/** One line for each part of the mapping. */
export function understoodText({ model, inspected, fitted }: Understood): string {
  const lines = understoodLines(model, inspected, fitted);
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
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
