/** The guide to programs: its tables are the code's, its commands print what it shows. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realWorld, runCommandLine } from "@mesascope/cli";
import { languages, primitives, sortNames } from "@mesascope/lab/architectures";
import { expect, it } from "vitest";

const guide = readFileSync(new URL("guide/programs.md", import.meta.url), "utf8");
const lines = guide.split("\n");

it("lists every primitive with its meaning", () => {
  for (const { name, sort, meaning } of primitives)
    expect(lines).toContain(`| \`${name}\` | ${sortNames[sort]!.replace("a ", "")} | ${meaning} |`);
});

it("lists every language with its prices", () => {
  expect(lines).toContain(`| language | ${primitives.map(({ name }) => name).join(" | ")} |`);
  for (const { id, prices } of Object.values(languages)) {
    const cells = primitives.map(({ name }) =>
      String((prices as Record<string, number>)[name] ?? ""),
    );
    const row = lines.find((line) => line.startsWith(`| ${id} |`))!;
    expect(
      row
        .split("|")
        .slice(2, -1)
        .map((cell) => cell.trim()),
    ).toEqual(cells);
  }
});

it("shows what its commands print", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "mesascope-docs-"));
  try {
    const blocks = [...guide.matchAll(/```console\n([\s\S]*?)```/g)].map(([, block]) => block!);
    expect(blocks.length).toBeGreaterThan(3);
    for (const [, command, shown] of blocks.join("").matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
      const [name, ...args] = command!.split(" ");
      if (name === "cat") {
        writeFileSync(join(cwd, args[0]!), shown!);
        continue;
      }
      let printed = "";
      const stdout = { write: (text: string) => (printed += text) };
      const code = await runCommandLine(args, { ...realWorld(), cwd, stdout, env: {} });
      expect({ code, printed }, command).toEqual({ code: 0, printed: shown });
    }
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
