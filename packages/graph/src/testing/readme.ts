/** The parts of the README that are made from code, between `<!-- name -->` and `<!-- end -->`. */
import { readFileSync } from "node:fs";
import { operationTable } from "./operation_table.ts";

export function readmeParts(): Record<string, string> {
  const tutorial = readFileSync(new URL("tutorial.ts", import.meta.url), "utf8").trim();
  return { tutorial: `\`\`\`ts\n${tutorial}\n\`\`\``, operations: operationTable() };
}

/** `text` with each part in its place. */
export function replaceParts(text: string, parts: Readonly<Record<string, string>>): string {
  let out = text;
  for (const [name, part] of Object.entries(parts)) {
    const start = out.indexOf(`<!-- ${name} -->`);
    const end = out.indexOf("<!-- end -->", start);
    if (start < 0 || end < 0) throw new Error(`the README has no place for "${name}"`);
    out = `${out.slice(0, start)}<!-- ${name} -->\n${part}\n${out.slice(end)}`;
  }
  return out;
}
