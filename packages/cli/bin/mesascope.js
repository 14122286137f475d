#!/usr/bin/env node
// Starts the command from its TypeScript source, so that it works in a checkout right after `npm ci`.
// Plain JavaScript of long ago up to the check, so that an old Node gets as far as the sentence.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(`mesascope: needs Node 20.19 or later; this is Node ${process.versions.node}.`);
  process.exit(1);
}
import("./register.js").then(() => import("../src/main.ts"));
