/** lab/architectures: what is searched over. */
import type { Graph, Tensor } from "@mesascope/graph";
import { type Architecture, createRegistry } from "../core/index.ts";
import { cellTransformer } from "./cell-transformer.ts";
import { conv } from "./conv.ts";
import { convLstm } from "./conv-lstm.ts";
import { gru } from "./gru.ts";
import { hyperConv, hyperNetwork } from "./hyper-network.ts";
import { memoryGru } from "./memory-gru.ts";
import { mlp, mlpFeedback } from "./mlp.ts";
import { neuralTuringMachine } from "./neural-turing-machine.ts";
import { ponderConv } from "./ponder-conv.ts";
import { recurrentConv } from "./recurrent-conv.ts";
import { scoredSearch } from "./scored-search.ts";
import { table } from "./table.ts";
import { transformer } from "./transformer.ts";
import { unsharedConv } from "./unshared-conv.ts";
import { unsharedGru } from "./unshared-gru.ts";
import { valueIteration } from "./value-iteration.ts";

export * from "./circuit/index.ts";
export { declaring } from "./declaring.ts";

export const architectures = createRegistry<Architecture<Graph, Tensor>>("architecture", [
  table,
  mlp,
  mlpFeedback,
  gru,
  memoryGru,
  scoredSearch,
  transformer,
  neuralTuringMachine,
  hyperNetwork,
  unsharedGru,
  recurrentConv,
  unsharedConv,
  hyperConv,
  conv,
  valueIteration,
  convLstm,
  cellTransformer,
  ponderConv,
]);
export * from "./program/index.ts";
