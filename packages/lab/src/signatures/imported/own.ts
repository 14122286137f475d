/** The mapping of files that the lab itself exports: `observations` in, `logits` out, states and answers by tick. */
import type { OnnxModel } from "@mesascope/graph";
import type { OnnxMapping } from "./mapping.ts";

/** Hook points by their base name, those of a tick numbered from 1. */
const numbered = /^(.+)\.([1-9]\d*)$/;

/**
 * @param hooks names of tensors that may be read and patched, as the architecture gives them; those that the file
 *   lost in export are left out
 */
export function ownMapping(model: OnnxModel, hooks: readonly string[] = []): OnnxMapping {
  const names = new Set(model.tensorNames);
  const answers: string[] = [];
  while (names.has(`logits.${answers.length + 1}`)) answers.push(`logits.${answers.length + 1}`);
  return {
    input: { tensor: "observations", layout: "TNF" },
    output: { tensor: "logits", layout: "TNF" },
    ...(answers.length > 0 ? { ticks: [...answers, "logits"] } : {}),
    hooks: Object.fromEntries([
      ...grouped(hooks.filter((name) => names.has(name) && !/^logits(\.|$)/.test(name))),
    ]),
  };
}

/** `state.1`, `state.2` and so on are one hook point with ticks; `state.0` and `policy` stand alone. */
function grouped(names: readonly string[]): Map<string, string | string[]> {
  const groups = new Map<string, string | string[]>();
  for (const name of names) {
    const base = numbered.exec(name)?.[1];
    if (base === undefined) groups.set(name, name);
    else {
      const group = groups.get(base);
      if (typeof group === "object") group.push(name);
      else groups.set(base, [name]);
    }
  }
  return groups;
}
