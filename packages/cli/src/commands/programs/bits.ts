/** `mesascope programs bits`: a program's description length in every language. */
import { printJson } from "../../output/json.ts";
import { table } from "../../output/table.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { readText } from "./files.ts";

const help = `
A program's length is the number of binary digits of its code word; each language prices its primitives in its own way.

Examples:
  $ mesascope programs bits solver.txt
  $ mesascope programs bits solver.txt --json`;

/** Adds the command. */
export const addBits: AddCommand = (program, world, act) => {
  program
    .command("bits <file>")
    .description("show a program's length in bits in every language, and its code")
    .option("--json", "print results as JSON")
    .addHelpText("after", help)
    .action(
      act((file: string, flags: { readonly json?: boolean }) => bits(world, file, flags.json)),
    );
};

async function bits(world: World, file: string, json = false): Promise<number> {
  const { encode, languages, parseProgram, primitivesOf, printProgram } = await import(
    "@mesascope/lab/architectures"
  );
  const program = parseProgram(readText(world, file), file);
  const used = [...primitivesOf(program)];
  const measured = Object.values(languages).map((language) => {
    const lacking = used.filter((name) => !(name in language.prices));
    const code = lacking.length === 0 ? encode(language, program) : undefined;
    return { language: language.id, bits: code?.length, code, lacking };
  });
  if (json) {
    printJson(world.stdout, { program: printProgram(program), languages: measured });
    return 0;
  }
  const columns = [{ title: "language" }, { title: "bits", number: true }, { title: "code" }];
  const rows = measured.map(({ language, bits: length, code, lacking }) => [
    language,
    length === undefined ? "-" : String(length),
    code ?? `has no ${lacking.join(", ")}`,
  ]);
  world.stdout.write(`${printProgram(program)}\n\n${table(columns, rows)}`);
  return 0;
}
