/** The tensors that a mapping names, found in the model. */
import { InputError, nearestName } from "../../core/index.ts";
import type { TensorNames } from "./mapping.ts";

/** Most names that a message lists. */
const listed = 12;

/** @throws InputError naming the nearest tensor, or all where they are few. */
export function checkTensor(kind: string, name: string, names: readonly string[], place: string) {
  if (names.includes(name)) return;
  const near = nearestName(name, names);
  const known =
    names.length <= listed
      ? ` It has: ${names.join(", ")}.`
      : ` It has ${names.length}; --template lists them.`;
  throw new InputError(
    `the model has no ${kind} '${name}'${near ? `; did you mean '${near}'?` : "."}${known}`,
    { place },
  );
}

/**
 * The tensors meant: a name itself, a list, or those that a name with `*` fits, in the order of the numbers in the
 * place of `*`.
 * @throws InputError for names that the model does not have.
 */
export function tensorsNamed(
  given: TensorNames,
  names: readonly string[],
  at: (...path: number[]) => string,
): { readonly tensors: readonly string[]; readonly byTick: boolean } {
  if (typeof given !== "string") {
    given.forEach((name, i) => {
      checkTensor("tensor", name, names, at(i));
    });
    return { tensors: given, byTick: true };
  }
  if (names.includes(given) || !given.includes("*")) {
    checkTensor("tensor", given, names, at());
    return { tensors: [given], byTick: false };
  }
  const [before, after] = [given.slice(0, given.indexOf("*")), given.slice(given.indexOf("*") + 1)];
  const numbered = names
    .filter(
      (name) =>
        name.length > before.length + after.length &&
        name.startsWith(before) &&
        name.endsWith(after),
    )
    .map((name) => ({ name, number: name.slice(before.length, name.length - after.length) }))
    // The state before the first tick is none of a tick.
    .filter(({ number }) => /^\d+$/.test(number) && Number(number) > 0)
    .sort((a, b) => Number(a.number) - Number(b.number));
  if (numbered.length === 0)
    throw new InputError(
      `no tensor of the model is called '${given}' with a number from 1 on in the place of *`,
      { place: at() },
    );
  return { tensors: numbered.map(({ name }) => name), byTick: true };
}
