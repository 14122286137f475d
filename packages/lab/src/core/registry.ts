/** A registry: the one list of implementations of a contract, looked up by id. */
import { InputError, unknownName } from "./errors.ts";

export interface Registry<T extends { readonly id: string }> {
  /** What the entries are, in the singular, for messages ("task family"). */
  readonly kind: string;
  readonly ids: readonly string[];
  readonly all: readonly T[];
  /** @throws InputError naming the nearest id when there is no such entry. */
  get(id: string, place?: string): T;
}

export function createRegistry<T extends { readonly id: string }>(
  kind: string,
  entries: readonly T[],
): Registry<T> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  if (byId.size !== entries.length)
    throw new Error(`two entries of the ${kind} registry share an id`);
  return {
    kind,
    ids: [...byId.keys()],
    all: entries,
    get(id, place) {
      const entry = byId.get(id);
      if (!entry) throw new InputError(unknownName(kind, id, byId.keys()), place ? { place } : {});
      return entry;
    },
  };
}
