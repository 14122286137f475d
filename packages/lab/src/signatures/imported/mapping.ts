/** What the tensors of a model from outside mean: the words of a mapping file. */

/** A plane that the model sees: a field of the task, or a weighted sum of fields. */
export type Plane = string | Readonly<Record<string, number>>;

/** One tensor, a tensor for each tick, or a name with `*` where tensors are numbered. */
export type TensorNames = string | readonly string[];

/** What each number of an output is. */
export const outputKinds = ["logits", "probabilities", "classes", "values"] as const;

export interface OnnxMapping {
  readonly input: {
    readonly tensor: string;
    /** One letter for each axis, outermost first; see `layout.ts`. */
    readonly layout: string;
    /** Of a picture, in the order of the model; those of the task, in its order, where left out. */
    readonly planes?: readonly Plane[] | undefined;
  };
  readonly output: {
    readonly tensor: string;
    readonly layout: string;
    readonly holds?: (typeof outputKinds)[number] | undefined;
    /** With `classes`: the class of what is marked; 1 where left out. */
    readonly marked?: number | undefined;
  };
  /** The output after each tick, the last of them the output itself; laid out as that is. */
  readonly ticks?: TensorNames | undefined;
  /** Hook points by name; one that has a tensor for each tick can be read and patched tick by tick. */
  readonly hooks?: Readonly<Record<string, TensorNames>> | undefined;
}

/** Says where something in the mapping stands, for messages. */
export type MappingPlace = (...path: (string | number)[]) => string;
