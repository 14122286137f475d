/** The parameters and the optimizer's state of a trainer, as values of the engine. */
import { GraphError } from "../core/errors.ts";
import type { Shape } from "../core/shape.ts";
import { show, size } from "../core/shape.ts";
import type { Engine, Value, Values } from "../engine/index.ts";

/**
 * Named float32 values of which the current ones are read by a run while the next ones are written. Where the engine
 * writes in place there are two sets of buffers that take turns, so that updates allocate nothing.
 */
export class ValueStore {
  private readonly engine: Engine;
  private readonly shapes: ReadonlyMap<string, Shape>;
  private sets: [Values, Values];
  private turn = 0;

  constructor(engine: Engine, initial: ReadonlyMap<string, { shape: Shape; data: Float32Array }>) {
    this.engine = engine;
    this.shapes = new Map([...initial].map(([name, { shape }]) => [name, shape]));
    const make = (copy: (data: Float32Array) => Float32Array): Values => {
      const values: Values = {};
      for (const [name, { shape, data }] of initial) {
        values[name] = engine.value("float32", copy(data), shape);
      }
      return values;
    };
    this.sets = [make((data) => data.slice()), make((data) => new Float32Array(data.length))];
  }

  get current(): Values {
    return this.sets[this.turn]!;
  }

  /** Where the next values are to be written. */
  get next(): Values {
    return this.sets[1 - this.turn]!;
  }

  /** Makes the next values current; `results` replace the buffers where the engine does not write in place. */
  advance(results: (name: string) => Value): void {
    this.turn = 1 - this.turn;
    if (this.engine.writesInPlace) return;
    const values = this.current;
    for (const name of this.shapes.keys()) values[name] = results(name);
  }

  has(name: string): boolean {
    return this.shapes.has(name);
  }

  shape(name: string): Shape {
    return this.shapes.get(name)!;
  }

  /** A copy of the current elements of a value. */
  read(name: string): Float32Array {
    return (this.current[name]!.data as Float32Array).slice();
  }

  /** Replaces the current elements of a value. @throws GraphError when their number is wrong. */
  write(name: string, data: Float32Array): void {
    const shape = this.shape(name);
    if (!(data instanceof Float32Array) || data.length !== size(shape)) {
      throw new GraphError(
        `load: "${name}" has shape ${show(shape)}, which a ${data?.constructor?.name} of ${data?.length} elements does not fill.`,
      );
    }
    this.current[name] = this.engine.value("float32", data.slice(), shape);
  }
}
