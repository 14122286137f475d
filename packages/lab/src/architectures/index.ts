/** lab/architectures: what is searched over. */
import type { Graph, Tensor } from "@mesascope/graph";
import { type Architecture, createRegistry } from "../core/index.ts";
import { gru } from "./gru.ts";
import { mlp, mlpFeedback } from "./mlp.ts";
import { table } from "./table.ts";
import { transformer } from "./transformer.ts";

export * from "./circuit/index.ts";

export const architectures = createRegistry<Architecture<Graph, Tensor>>("architecture", [
  table,
  mlp,
  mlpFeedback,
  gru,
  transformer,
]);
export * from "./program/index.ts";
