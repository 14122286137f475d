/** DuckDB's errors as sentences that name the place in the query. */
import { InputError, messageOf, nearestName, WorkError } from "@mesascope/lab/core";
import { tables } from "./definitions.ts";

/** An error as DuckDB tells it with `errors_as_json`. */
interface DatabaseError {
  readonly exception_type: string;
  readonly exception_message: string;
  /** How much of the query lies before the place. */
  readonly position?: string;
  readonly name?: string;
  readonly error_subtype?: string;
  readonly type?: string;
}

/** What DuckDB said, if `error` is its; parser errors have a word before the JSON. */
export function databaseError(error: unknown): DatabaseError | undefined {
  const text = messageOf(error);
  const start = text.indexOf('{"exception_type"');
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start)) as DatabaseError;
  } catch {
    return undefined;
  }
}

/** Kinds of errors that are not the query's. */
const ours = new Set(["IO", "INTERNAL", "Internal", "Out of Memory", "FATAL", "Serialization"]);

/** One sentence for whatever a query ended in: an `InputError` where the query is at fault. */
export function explainError(error: unknown, sql: string): Error {
  const said = databaseError(error);
  if (!said) return new WorkError(messageOf(error).replace(/\s*\n\s*/g, " "), { cause: error });
  const sentence = said.exception_message.replace(/!?\s*\n\s*/g, "; ").replace(/[;.!]+$/, "");
  if (ours.has(said.exception_type)) return new WorkError(sentence, { cause: error });
  return new InputError(own(said) ?? sentence, { place: placeOf(sql, said), cause: error });
}

/** Our words for the errors that are met most. */
function own(said: DatabaseError): string | undefined {
  const { exception_type: type, name, error_subtype: subtype } = said;
  if (type === "Permission")
    return "a query can read the tables and nothing else: no other file, and nothing can be written";
  if (name === undefined) return undefined;
  if (subtype === "MISSING_ENTRY" && said.type === "Table") {
    const known = tables.map((table) => table.name);
    const near = nearestName(name, known);
    return `unknown table '${name}'${near ? `; did you mean '${near}'?` : ";"} Known: ${known.join(", ")}`;
  }
  if (subtype === "COLUMN_NOT_FOUND") {
    const known = tables.flatMap(({ columns }) => columns.map((column) => column.name));
    const near = nearestName(name, new Set(known));
    return `unknown column '${name}'${near ? `; did you mean '${near}'?` : "; 'mesascope query --help' names them"}`;
  }
  return undefined;
}

/** `query:line:column`, both from 1; DuckDB's parser counts characters, everything after it bytes. */
function placeOf(sql: string, { exception_type: type, position }: DatabaseError): string {
  if (position === undefined) return "query";
  const before =
    type === "Parser"
      ? [...sql].slice(0, Number(position)).join("")
      : Buffer.from(sql).subarray(0, Number(position)).toString();
  const lines = before.split("\n");
  return `query:${lines.length}:${lines.at(-1)!.length + 1}`;
}
