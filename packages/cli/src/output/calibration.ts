/** A calibration as tables in plain text. */
import type { Calibration, ErrorRates } from "@mesascope/lab/signatures";
import { interval, measured } from "./format.ts";
import { table } from "./table.ts";

const withInterval = (value: number, bounds: { readonly low: number; readonly high: number }) =>
  Number.isNaN(value) ? "-" : `${measured(value)} ${interval(bounds)}`;

function cells({ sensitivity, specificity, area }: ErrorRates): string[] {
  return [
    withInterval(sensitivity.value, sensitivity.interval),
    withInterval(specificity.value, specificity.interval),
    withInterval(area.value, area.interval),
  ];
}

/** Subjects, signatures and the profile. */
export function calibrationText({ subjects, signatures, profile }: Calibration): string {
  const letters = { met: "+", "not met": "-", undetermined: "?", "not applicable": "." } as const;
  const subjectRows = subjects.map((subject) => [
    subject.optimizer ? "yes" : "no",
    subject.id,
    subject.score === undefined ? "-" : measured(subject.score),
    subject.profile.criteria.map(({ finding }) => letters[finding]).join(" "),
    subject.profile.label,
  ]);
  const signatureRows = signatures.map((rates) => [
    rates.signature,
    String(rates.applies),
    rates.threshold === undefined ? "none" : `${rates.speaks} ${measured(rates.threshold)}`,
    ...cells(rates.all),
    withInterval(rates.matched.area.value, rates.matched.area.interval),
  ]);
  const profileRows = (
    [
      ["all subjects", profile.all],
      ["where three criteria apply", profile.judged],
      ["matched in score", profile.matched],
    ] as const
  ).map(([name, rates]) => [
    name,
    String(rates.area.positives + rates.area.negatives),
    String(rates.undetermined),
    ...cells(rates),
  ]);
  return [
    table(
      [
        { title: "optimizer" },
        { title: "subject" },
        { title: "score", number: true },
        { title: "a b c d" },
        { title: "called" },
      ],
      subjectRows,
    ),
    "Criteria: + met, - not met, ? undetermined, . not applicable\n\n",
    table(
      [
        { title: "signature" },
        { title: "applies", number: true },
        { title: "threshold" },
        { title: "sens." },
        { title: "spec." },
        { title: "area" },
        { title: "area, matched" },
      ],
      signatureRows,
    ),
    "\n",
    table(
      [
        { title: "profile" },
        { title: "subjects", number: true },
        { title: "undetermined", number: true },
        { title: "sens." },
        { title: "spec." },
        { title: "area" },
      ],
      profileRows,
    ),
  ].join("");
}
