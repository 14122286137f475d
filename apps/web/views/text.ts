/** JSON with the numbers that JSON lacks. */

const spelled = ["NaN", "Infinity", "-Infinity"];

/** JSON text in which those numbers are spelled out. */
export function toText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "number" && !Number.isFinite(item) ? { $number: String(item) } : item,
  );
}

/** The value of `toText`. */
export function fromText<T>(text: string): T {
  return JSON.parse(text, (_, item: unknown) =>
    typeof item === "object" &&
    item !== null &&
    "$number" in item &&
    spelled.includes(item.$number as string)
      ? Number(item.$number)
      : item,
  ) as T;
}
