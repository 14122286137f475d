import type { Graph } from "../core/graph.ts";
import { type GraphDef, irVersion, type ModelDef } from "../onnx/schema.ts";

/** A model file around what was lowered from `graph`. */
export function modelDef(
  graph: Graph,
  lowered: GraphDef,
  metadata: Readonly<Record<string, string>> = {},
): ModelDef {
  const versions = new Map(graph.opsets);
  for (const { domain } of lowered.nodes) if (!versions.has(domain)) versions.set(domain, 1);
  const opsets = [...versions].map(([domain, version]) => ({ domain, version }));
  return {
    irVersion: Math.max(irVersion, irVersionFor(versions.get("") ?? 0)),
    opsets,
    producer: "mesascope",
    metadata,
    graph: lowered,
  };
}

/** Newer operator sets need a newer file format (ONNX's versioning table). */
const irVersionFor = (version: number): number =>
  version >= 21 ? 10 : version >= 19 ? 9 : irVersion;
