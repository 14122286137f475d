/** A table: each input's output is learned on its own. The paper, section 2.1 and its note on tabular methods. */
import { z } from "zod";
import type { TableArchitecture } from "../core/index.ts";

const parameters = z.strictObject({});

export const table: TableArchitecture<z.infer<typeof parameters>> = {
  id: "table",
  kind: "table",
  title: "table",
  description:
    "A table from whole observations to action values: nothing learned of one input says anything of another, and an input never met is answered uniformly at random.",
  parameters,
};
