import { type GraphDef, irVersion, type ModelDef, opset } from "../onnx/schema.ts";

/** A model file around a lowered graph. */
export function modelDef(
  graph: GraphDef,
  metadata: Readonly<Record<string, string>> = {},
): ModelDef {
  const domains = new Set(graph.nodes.map((node) => node.domain));
  const opsets = [{ domain: "", version: opset }];
  for (const domain of domains) {
    if (domain !== "" && domain !== "ai.onnx") opsets.push({ domain, version: 1 });
  }
  return { irVersion, opsets, producer: "mesascope", metadata, graph };
}
