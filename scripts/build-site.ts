/** `npm run build:site`: writes the static site to `apps/web/dist`, or to the folder given. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildApp } from "@mesascope/web/build";

const given = process.argv[2];
const outDir = given ? resolve(given) : fileURLToPath(new URL("../apps/web/dist", import.meta.url));
await buildApp({ outDir, logLevel: "info" });
console.log(`The site is in ${outDir}; any static host will do, e.g. 'npx vite preview apps/web'.`);
