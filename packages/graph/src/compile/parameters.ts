/** Values for a graph's parameters, checked by name and shape. */
import { GraphError } from "../core/errors.ts";
import type { Graph, Tensor } from "../core/graph.ts";
import { type Shape, sameShape, show, size } from "../core/shape.ts";

/** One parameter's values, with the shape when it is to be checked. */
export type ParameterValue = Float32Array | { readonly shape: Shape; readonly data: Float32Array };

export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A parameter's values with their shape. */
export interface Parameter {
  readonly shape: number[];
  readonly data: Float32Array;
}

/** The values that a graph's parameters were declared with. */
export const declared = (tensor: Tensor): Float32Array =>
  tensor.origin.kind === "parameter" ? tensor.origin.data : new Float32Array(size(tensor.shape));

/**
 * Values of every parameter of a graph: those given, and the declared ones for the rest.
 * @throws GraphError when a given name is not a parameter, or its values do not fit.
 */
export function resolveParameters(
  operation: string,
  graph: Graph,
  given: ParameterValues = {},
): Map<string, Float32Array> {
  for (const name of Object.keys(given)) {
    if (!graph.parameters.has(name)) {
      throw new GraphError(`${operation}: the graph has no parameter "${name}".`);
    }
  }
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of graph.parameters) {
    const value = given[name];
    values.set(
      name,
      value === undefined ? declared(tensor) : fit(operation, name, value, tensor.shape),
    );
  }
  return values;
}

function fit(operation: string, name: string, value: ParameterValue, shape: Shape): Float32Array {
  const data = value instanceof Float32Array ? value : value.data;
  const given = value instanceof Float32Array ? [value.length] : value.shape;
  const fits =
    value instanceof Float32Array ? value.length === size(shape) : sameShape(given, shape);
  if (!fits || data.length !== size(shape)) {
    throw new GraphError(
      `${operation}: parameter "${name}" has shape ${show(shape)}, but the values given have ${show(given)}.`,
    );
  }
  return data;
}
