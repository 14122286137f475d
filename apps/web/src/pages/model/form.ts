/** The mapping as a form: fields read from its YAML text, and written back without losing what else stands there. */
import { type Document, parseDocument } from "yaml";

/** A field of the form: where it stands in the mapping, and how it is written. */
export interface Field {
  readonly id: string;
  readonly label: string;
  /** Path in the mapping. */
  readonly path: readonly string[];
  /** `yaml`: numbers, lists and tables as YAML writes them on one line. */
  readonly as: "text" | "yaml" | "choice";
  readonly choices?: readonly string[];
  readonly help?: string;
}

export const fields: readonly Field[] = [
  {
    id: "parameters",
    label: "Size and kind of its instances",
    path: ["task", "parameters"],
    as: "yaml",
    help: "For mazes, the cells that it was made for: { rows: 5, cols: 5 }.",
  },
  { id: "input", label: "Input tensor", path: ["input", "tensor"], as: "text" },
  {
    id: "input-layout",
    label: "Its axes",
    path: ["input", "layout"],
    as: "text",
    help: "One letter an axis: N examples, T steps, C planes, H rows, W columns, F all numbers of a step, 1 an axis of length one.",
  },
  {
    id: "planes",
    label: "Its planes",
    path: ["input", "planes"],
    as: "yaml",
    help: "For pictures, in the order of the model: [walls, start, goal].",
  },
  { id: "output", label: "Output tensor", path: ["output", "tensor"], as: "text" },
  { id: "output-layout", label: "Its axes", path: ["output", "layout"], as: "text" },
  {
    id: "holds",
    label: "It holds",
    path: ["output", "holds"],
    as: "choice",
    choices: ["logits", "probabilities", "classes", "values"],
  },
  {
    id: "ticks",
    label: "Output after each tick",
    path: ["ticks"],
    as: "yaml",
    help: "Where it thinks in ticks: a list, or a name with * where tensors are numbered.",
  },
  {
    id: "hooks",
    label: "Tensors to look into",
    path: ["hooks"],
    as: "yaml",
    help: "Under names of your own: { state: state.* }.",
  },
];

/** The values of all fields as text; empty where the mapping leaves one out, undefined where it is no YAML. */
export function readFields(text: string): Readonly<Record<string, string>> | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  return Object.fromEntries(fields.map((field) => [field.id, textOf(document, field)]));
}

function textOf(document: Document, { path, as }: Field): string {
  const value: unknown = document.getIn(path);
  if (value === undefined || value === null) return "";
  if (as !== "yaml") return String(value);
  const plain = (value as { toJSON?: () => unknown }).toJSON?.() ?? value;
  return onOneLine(plain);
}

/** A value as YAML writes it on one line. */
function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${onOneLine(key)}: ${onOneLine(item)}`)
      .join(", ")} }`;
  return typeof value === "string" && !/^[A-Za-z][\w./-]*$/.test(value)
    ? JSON.stringify(value)
    : String(value);
}

/** The text with one field changed; an empty value leaves the key out. Comments stay where they are. */
export function withField(text: string, field: Field, value: string): string {
  const document = parseDocument(text);
  const words = value.trim();
  if (words === "") document.deleteIn(field.path);
  else {
    const parsed = field.as === "yaml" ? parseDocument(words) : undefined;
    document.setIn(
      field.path,
      parsed && parsed.errors.length === 0
        ? document.createNode(parsed.toJSON(), { flow: true })
        : words,
    );
  }
  return String(document);
}
