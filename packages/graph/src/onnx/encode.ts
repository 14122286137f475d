/** Writes an ONNX model as bytes. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Attribute, TensorValue } from "../core/attributes.ts";
import { bytesOf, dtypeCode } from "../core/dtype.ts";
import { attributeType, field } from "./fields.ts";
import type { GraphDef, ModelDef, NodeDef, ValueDef } from "./schema.ts";

type Write = (writer: BinaryWriter) => void;

/** The bytes of a model, as `onnx.save` would write it. */
export function encodeModel(model: ModelDef): Uint8Array {
  const writer = new BinaryWriter();
  const f = field.model;
  writer.tag(f.irVersion, WireType.Varint).int64(model.irVersion);
  writeText(writer, f.producerName, model.producer);
  message(writer, f.graph, (w) => writeGraph(w, model.graph));
  for (const { domain, version } of model.opsets) {
    message(writer, f.opset, (w) => {
      writeText(w, field.opset.domain, domain);
      w.tag(field.opset.version, WireType.Varint).int64(version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    message(writer, f.metadata, (w) => {
      writeText(w, field.entry.key, key);
      writeText(w, field.entry.value, value);
    });
  }
  for (const raw of model.rest ?? []) writer.raw(raw);
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, graph: GraphDef): void {
  const f = field.graph;
  for (const node of graph.nodes) message(writer, f.node, (w) => writeNode(w, node));
  writeText(writer, f.name, graph.name);
  for (const { name, value } of graph.initializers) {
    if (value instanceof Uint8Array) {
      writer.tag(f.initializer, WireType.LengthDelimited).bytes(value);
    } else {
      message(writer, f.initializer, (w) => writeTensor(w, value, name));
    }
  }
  for (const value of graph.inputs) writeValue(writer, f.input, value);
  for (const value of graph.outputs) writeValue(writer, f.output, value);
  for (const value of graph.valueInfo) writeValue(writer, f.valueInfo, value);
  for (const raw of graph.rest ?? []) writer.raw(raw);
}

function writeNode(writer: BinaryWriter, node: NodeDef): void {
  const f = field.node;
  for (const input of node.inputs) writer.tag(f.input, WireType.LengthDelimited).string(input);
  for (const output of node.outputs) writer.tag(f.output, WireType.LengthDelimited).string(output);
  if (node.name !== "") writeText(writer, f.name, node.name);
  writeText(writer, f.op, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    if ("raw" in attribute) {
      writer.tag(f.attribute, WireType.LengthDelimited).bytes(attribute.raw);
    } else {
      message(writer, f.attribute, (w) => writeAttribute(w, name, attribute));
    }
  }
  if (node.domain !== "") writeText(writer, f.domain, node.domain);
}

function writeAttribute(
  writer: BinaryWriter,
  name: string,
  attribute: Exclude<Attribute, { readonly raw: Uint8Array }>,
): void {
  const f = field.attribute;
  const kind = Object.keys(attribute)[0] as keyof typeof attributeType;
  writeText(writer, f.name, name);
  if ("int" in attribute) writer.tag(f.i, WireType.Varint).int64(attribute.int);
  else if ("float" in attribute) writer.tag(f.f, WireType.Bit32).float(attribute.float);
  else if ("text" in attribute) writeText(writer, f.s, attribute.text);
  else if ("tensor" in attribute) message(writer, f.t, (w) => writeTensor(w, attribute.tensor, ""));
  else if ("ints" in attribute) {
    for (const value of attribute.ints) writer.tag(f.ints, WireType.Varint).int64(value);
  } else {
    for (const value of attribute.floats) writer.tag(f.floats, WireType.Bit32).float(value);
  }
  writer.tag(f.type, WireType.Varint).int32(attributeType[kind]);
}

function writeTensor(writer: BinaryWriter, value: TensorValue, name: string): void {
  const f = field.tensor;
  for (const length of value.shape) writer.tag(f.dims, WireType.Varint).int64(length);
  writer.tag(f.dataType, WireType.Varint).int32(dtypeCode(value.dtype));
  if (name !== "") writeText(writer, f.name, name);
  writer.tag(f.rawData, WireType.LengthDelimited).bytes(bytesOf(value.data));
}

function writeValue(writer: BinaryWriter, number: number, value: ValueDef): void {
  if (value.raw !== undefined) {
    writer.tag(number, WireType.LengthDelimited).bytes(value.raw);
    return;
  }
  message(writer, number, (w) => {
    writeText(w, field.value.name, value.name);
    const { dtype, shape } = value;
    if (dtype === undefined) return;
    message(w, field.value.type, (type) =>
      message(type, field.type.tensor, (tensor) => {
        tensor.tag(field.tensorType.elementType, WireType.Varint).int32(dtypeCode(dtype));
        if (shape === undefined) return;
        message(tensor, field.tensorType.shape, (s) => {
          for (const length of shape) message(s, field.shape.dimension, writeLength(length));
        });
      }),
    );
  });
}

const writeLength =
  (length: number | string | undefined): Write =>
  (writer) => {
    if (typeof length === "number") {
      writer.tag(field.dimension.value, WireType.Varint).int64(length);
    } else if (length !== undefined) {
      writeText(writer, field.dimension.parameter, length);
    }
  };

function message(writer: BinaryWriter, number: number, write: Write): void {
  writer.tag(number, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function writeText(writer: BinaryWriter, number: number, value: string): void {
  writer.tag(number, WireType.LengthDelimited).string(value);
}
