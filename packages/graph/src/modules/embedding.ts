import type { Graph, Initializer, Tensor } from "../core/graph.ts";
import { gather } from "../ops/indexing.ts";
import { namedSource, normalInit, type Uniform } from "./init.ts";

export interface EmbeddingOptions {
  /** Number of rows of the table. */
  readonly count: number;
  readonly width: number;
  /** The parameter is `<name>.table`; "embedding" when omitted. */
  readonly name?: string;
  readonly random?: Uniform;
  /** First values of the table; standard normal when omitted, as PyTorch's. */
  readonly init?: Initializer;
}

/** A trained row for each index: index int64 `[...]`, result `[..., width]`. */
export function embedding(g: Graph, index: Tensor, options: EmbeddingOptions): Tensor {
  const { count, width, name = "embedding", random, init } = options;
  const draw = normalInit(random ?? namedSource(`${name}.table`), 1);
  return gather(g.parameter(`${name}.table`, [count, width], init ?? draw), index);
}
