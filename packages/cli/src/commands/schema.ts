/** `mesascope schema`: the JSON Schema of study files. */
import { printJson } from "../output/json.ts";
import type { AddCommand } from "./command.ts";

/** Adds the command. */
export const addSchemaCommand: AddCommand = (program, world, act) => {
  program
    .command("schema")
    .description("print the JSON Schema of study files, for editors")
    .addHelpText("after", "\nExample:\n  $ mesascope schema > study.schema.json")
    .action(
      act(async () => {
        printJson(world.stdout, (await world.lab()).studyJsonSchema());
        return 0;
      }),
    );
};
