/** Reads YAML against a zod schema; every fault is one sentence that names line and column. */
import { type Document, isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { InputError, nearestName } from "../core/index.ts";

type Path = readonly (string | number)[];

/** Position of the node at `path`, or of its nearest ancestor that exists; of the key itself with `atKey`. */
function positionOf(document: Document, lines: LineCounter, path: Path, atKey = false): string {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    const parent = depth > 0 ? document.getIn(path.slice(0, depth - 1), true) : undefined;
    const last = path[depth - 1];
    const pair =
      parent && isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === last)
        : undefined;
    const target = atKey && pair ? pair.key : node;
    const range = (target as { range?: [number, number, number] | null } | undefined)?.range;
    if (range) {
      const { line, col } = lines.linePos(range[0]);
      return `${line}:${col}`;
    }
  }
  return "1:1";
}

/** Keys that the schema allows at `path`, found by asking it about an object with no keys. */
function allowedKeys(schema: z.ZodType, path: Path): string[] {
  let current: unknown = schema;
  for (const part of path) current = child(current, part);
  const shape = shapeOf(current);
  return shape ? Object.keys(shape) : [];
}

interface Definition {
  readonly shape?: Record<string, unknown>;
  readonly innerType?: unknown;
  readonly element?: unknown;
  readonly valueType?: unknown;
}

function definitionOf(schema: unknown): Definition {
  let definition = (schema as { def?: Definition } | undefined)?.def ?? {};
  while (definition.innerType)
    definition = (definition.innerType as { def?: Definition }).def ?? {};
  return definition;
}

function shapeOf(schema: unknown): Record<string, unknown> | undefined {
  return definitionOf(schema).shape;
}

function child(schema: unknown, part: string | number): unknown {
  const definition = definitionOf(schema);
  if (definition.shape) return definition.shape[String(part)];
  return definition.element ?? definition.valueType;
}

function faultOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
): { message: string; path: Path; atKey: boolean } {
  const path = issue.path.filter((part) => typeof part !== "symbol") as Path;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    const known = allowedKeys(schema, path);
    const near = nearestName(key, known);
    const where = path.length ? ` in '${path.join(".")}'` : "";
    const hint = near ? `; did you mean '${near}'?` : `; known keys: ${known.join(", ")}`;
    return { message: `unknown key '${key}'${where}${hint}`, path: [...path, key], atKey: true };
  }
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined"))
    return { message: `missing key '${path.join(".")}'`, path, atKey: false };
  const name = path.length ? `'${path.join(".")}': ` : "";
  return { message: `${name}${issue.message}`, path, atKey: false };
}

/**
 * @param place name of the file, for messages.
 * @throws InputError for malformed YAML and for content that the schema does not allow.
 */
export function readYaml<T>(text: string, place: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0];
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new InputError(`not valid YAML: ${fault.message}`, { place: `${place}:${line}:${col}` });
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A misspelt key also leaves one missing; the misspelling is what to say.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]!;
  const { message, path, atKey } = faultOf(issue, schema);
  throw new InputError(message, { place: `${place}:${positionOf(document, lines, path, atKey)}` });
}

/** Says where the value at a path of a YAML text stands, with line and column, for faults found after reading. */
export function placesIn(text: string, place: string): (...path: Path) => string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return (...path) => `${place}:${positionOf(document, lines, path)}`;
}
