/** An architecture whose networks start from given parameters. */
import type { Graph, Tensor } from "@mesascope/graph";
import type { NamedArrays, NetworkArchitecture } from "../../core/index.ts";

type Network = NetworkArchitecture<Graph, Tensor>;

/** The same functions, starting at `values` by name, where others would be drawn. */
export function startingFrom(architecture: Network, values: NamedArrays): Network {
  return {
    ...architecture,
    build(graph, ...rest) {
      const declare = graph.parameter;
      graph.parameter = (name, shape, init) => {
        const data = values[name]?.data;
        return declare.call(graph, name, shape, data instanceof Float32Array ? data : init);
      };
      try {
        return architecture.build(graph, ...rest);
      } finally {
        graph.parameter = declare;
      }
    },
  };
}
