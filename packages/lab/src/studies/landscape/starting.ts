/** An architecture whose networks start from given parameters. */
import type { Graph, Tensor } from "@mesascope/graph";
import { declaring } from "../../architectures/index.ts";
import type { NamedArrays, NetworkArchitecture } from "../../core/index.ts";

type Network = NetworkArchitecture<Graph, Tensor>;

/** The same functions, starting at `values` by name, where others would be drawn. */
export const startingFrom = (architecture: Network, values: NamedArrays): Network => ({
  ...architecture,
  build: (graph, ...rest) =>
    architecture.build(
      declaring(graph, (name, shape, init) => {
        const data = values[name]?.data;
        return graph.parameter(name, shape, data instanceof Float32Array ? data : init);
      }),
      ...rest,
    ),
});
