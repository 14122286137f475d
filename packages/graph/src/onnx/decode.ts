/** Reads an ONNX model from bytes, trusting nothing about them. */
import type { Attribute } from "../core/attributes.ts";
import { dtypeOfCode } from "../core/dtype.ts";
import { GraphError } from "../core/errors.ts";
import { decodeTensor, type ExternalData, readEntry } from "./decode_tensor.ts";
import { attributeType, field } from "./fields.ts";
import {
  onBig,
  onBytes,
  onEach,
  onNumber,
  onText,
  readBig,
  readMessage,
  WireType,
} from "./message.ts";
import {
  type GraphDef,
  type InitializerDef,
  type ModelDef,
  type NodeDef,
  sizeLimit,
  type ValueDef,
} from "./schema.ts";

/** How deep subgraphs may lie in subgraphs. */
const depthLimit = 16;

/**
 * The model in `bytes`, complete with its external data.
 * @throws GraphError when the bytes are not a model, or are over 2 GB with their external data.
 */
export function decodeModel(bytes: Uint8Array, files: ExternalData = {}): ModelDef {
  const total = Object.values(files).reduce((sum, file) => sum + file.length, bytes.length);
  if (total > sizeLimit) {
    throw new GraphError(`loadOnnx: the model has ${total} bytes; over 2 GB are not supported.`);
  }
  const f = field.model;
  const metadata = new Map<string, string>();
  const opsets: { domain: string; version: number }[] = [];
  const rest: Uint8Array[] = [];
  let version = 0;
  let producer = "";
  let graph: GraphDef | undefined;
  readMessage(
    bytes,
    "the model",
    {
      [f.irVersion]: onNumber((value) => {
        version = value;
      }),
      [f.producerName]: onText((value) => {
        producer = value;
      }),
      [f.graph]: onBytes((value) => {
        graph = decodeGraph(value, files, 0);
      }),
      [f.opset]: onBytes((value) => opsets.push(decodeOpset(value))),
      [f.metadata]: onBytes((value) => readEntry(value, metadata)),
    },
    (raw) => rest.push(raw),
  );
  if (graph === undefined) throw new GraphError("loadOnnx: the bytes hold no graph.");
  if (opsets.length === 0) throw new GraphError("loadOnnx: the model names no operator set.");
  return {
    irVersion: version,
    opsets,
    producer,
    metadata: Object.fromEntries(metadata),
    graph,
    rest,
  };
}

function decodeOpset(bytes: Uint8Array): { domain: string; version: number } {
  let domain = "";
  let version = 0;
  readMessage(bytes, "an operator set", {
    [field.opset.domain]: onText((value) => {
      domain = value;
    }),
    [field.opset.version]: onNumber((value) => {
      version = value;
    }),
  });
  return { domain, version };
}

/** A `GraphProto`; subgraphs are read only to make sure that they can be. */
function decodeGraph(bytes: Uint8Array, files: ExternalData, depth: number): GraphDef {
  if (depth > depthLimit) {
    throw new GraphError(`loadOnnx: subgraphs lie more than ${depthLimit} deep in each other.`);
  }
  const f = field.graph;
  const nodes: NodeDef[] = [];
  const initializers: InitializerDef[] = [];
  const [inputs, outputs, valueInfo]: ValueDef[][] = [[], [], []];
  const rest: Uint8Array[] = [];
  let name = "";
  readMessage(
    bytes,
    "the graph",
    {
      [f.node]: onBytes((value) => nodes.push(decodeNode(value, files, depth))),
      [f.name]: onText((value) => {
        name = value;
      }),
      [f.initializer]: onBytes((value) => initializers.push(decodeTensor(value, files))),
      [f.input]: onBytes((value) => inputs!.push(decodeValue(value))),
      [f.output]: onBytes((value) => outputs!.push(decodeValue(value))),
      [f.valueInfo]: onBytes((value) => valueInfo!.push(decodeValue(value))),
    },
    (raw) => rest.push(raw),
  );
  return {
    name,
    nodes,
    initializers,
    inputs: inputs!,
    outputs: outputs!,
    valueInfo: valueInfo!,
    rest,
  };
}

function decodeNode(bytes: Uint8Array, files: ExternalData, depth: number): NodeDef {
  const f = field.node;
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, Attribute> = {};
  const text = { name: "", op: "", domain: "" };
  const put = (key: keyof typeof text) =>
    onText((value) => {
      text[key] = value;
    });
  readMessage(bytes, "a node", {
    [f.input]: onText((value) => inputs.push(value)),
    [f.output]: onText((value) => outputs.push(value)),
    [f.name]: put("name"),
    [f.op]: put("op"),
    [f.domain]: put("domain"),
    [f.attribute]: onBytes((value) => {
      const [name, attribute] = decodeAttribute(value, files, depth);
      attributes[name] = attribute;
    }),
  });
  return { ...text, inputs, outputs, attributes };
}

/** Field numbers of `AttributeProto.g` and `.graphs`, whose contents are checked but kept encoded. */
const subgraphFields = [6, 11];

function decodeAttribute(
  bytes: Uint8Array,
  files: ExternalData,
  depth: number,
): [string, Attribute] {
  const f = field.attribute;
  const ints: bigint[] = [];
  const floats: number[] = [];
  let name = "";
  let kind = 0;
  let i = 0n;
  let float = 0;
  let text: Uint8Array = new Uint8Array();
  let tensor: Attribute | undefined;
  const raw: Attribute = { raw: bytes };
  const subgraph = onBytes((value) => void decodeGraph(value, {}, depth + 1));
  readMessage(bytes, "an attribute", {
    [f.name]: onText((value) => {
      name = value;
    }),
    [f.type]: onNumber((value) => {
      kind = value;
    }),
    [f.i]: onBig((value) => {
      i = value;
    }),
    [f.f]: (reader) => {
      float = reader.float();
    },
    [f.s]: onBytes((value) => {
      text = value;
    }),
    [f.t]: onBytes((value) => {
      const decoded = decodeTensor(value, files).value;
      tensor = decoded instanceof Uint8Array ? raw : { tensor: decoded };
    }),
    [f.floats]: onEach(WireType.Bit32, (r) => r.float(), floats),
    [f.ints]: onEach(WireType.Varint, readBig, ints),
    [subgraphFields[0]!]: subgraph,
    [subgraphFields[1]!]: subgraph,
  });
  const exact = (value: bigint) => Number.isSafeInteger(Number(value));
  if (kind === attributeType.int && exact(i)) return [name, { int: Number(i) }];
  if (kind === attributeType.float) return [name, { float }];
  if (kind === attributeType.text) return [name, readUtf8(text) ?? raw];
  if (kind === attributeType.tensor) return [name, tensor ?? raw];
  if (kind === attributeType.ints && ints.every(exact)) return [name, { ints: ints.map(Number) }];
  if (kind === attributeType.floats) return [name, { floats }];
  return [name, raw];
}

/** Text, or undefined for bytes that are not text and have to be kept as they are. */
function readUtf8(bytes: Uint8Array): Attribute | undefined {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return undefined;
  }
}

function decodeValue(bytes: Uint8Array): ValueDef {
  let name = "";
  let dtype: ValueDef["dtype"];
  let shape: (number | string | undefined)[] | undefined;
  readMessage(bytes, "a value's type", {
    [field.value.name]: onText((value) => {
      name = value;
    }),
    [field.value.type]: onBytes((type) =>
      readMessage(type, "a value's type", {
        [field.type.tensor]: onBytes((tensor) =>
          readMessage(tensor, "a tensor's type", {
            [field.tensorType.elementType]: onNumber((code) => {
              dtype = dtypeOfCode(code);
            }),
            [field.tensorType.shape]: onBytes((value) => {
              shape = decodeShape(value);
            }),
          }),
        ),
      }),
    ),
  });
  return { name, dtype, shape, raw: bytes };
}

function decodeShape(bytes: Uint8Array): (number | string | undefined)[] {
  const shape: (number | string | undefined)[] = [];
  readMessage(bytes, "a shape", {
    [field.shape.dimension]: onBytes((value) => {
      let length: number | string | undefined;
      readMessage(value, "a length", {
        [field.dimension.value]: onNumber((n) => {
          length = n;
        }),
        [field.dimension.parameter]: onText((parameter) => {
          length = parameter;
        }),
      });
      shape.push(length);
    }),
  });
  return shape;
}
