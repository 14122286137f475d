/** Writes the generated parts of the README anew: `npx tsx packages/graph/src/testing/write_readme.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { readmeParts, replaceParts } from "./readme.ts";

const path = new URL("../../README.md", import.meta.url);
writeFileSync(path, replaceParts(readFileSync(path, "utf8"), readmeParts()));
