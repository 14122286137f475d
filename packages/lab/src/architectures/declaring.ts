/** A graph as a network sees it that is to declare its parameters in another way. */
import type { Graph } from "@mesascope/graph";

/** The same graph, but for what `parameter` makes of a parameter that is declared. */
export function declaring(graph: Graph, parameter: Graph["parameter"]): Graph {
  return new Proxy(graph, {
    get(target, name) {
      if (name === "parameter") return parameter;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
