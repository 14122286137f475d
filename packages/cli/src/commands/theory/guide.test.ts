/** The guide shows what the commands print. */
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { Place } from "../../testing/place.ts";

const guide = readFileSync(new URL("../../../../../docs/guide/theory.md", import.meta.url), "utf8");
const examples = [...guide.matchAll(/```console\n\$ mesascope (.*)\n([^`]*)```/g)].map(
  ([, command, printed]) => [command!, printed!] as const,
);
const place = new Place();
afterAll(() => {
  place.remove();
});

describe("docs/guide/theory.md", () => {
  it("has examples of every command", () => {
    for (const command of ["toy-model", "sweep", "metered", "deception"])
      expect(examples.some(([line]) => line.startsWith(`theory ${command} `))).toBe(true);
  });

  it.each(examples)("mesascope %s", async (command, printed) => {
    expect(await place.run(command.split(" "))).toEqual({ code: 0, stdout: printed, stderr: "" });
  });
});
