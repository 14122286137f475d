/** Checks of how instances are drawn, named and kept apart. */
import { InputError, keyOf, split, type TaskFamily } from "../../core/index.ts";
import { makeTask } from "../distribution.ts";
import { countable, partOf } from "../partition.ts";
import { demand, type InstanceSpecimen, textOf } from "./check.ts";

/** The same stream gives the same instances, and another stream others. */
export function samplingIsPure<P, I>(specimen: InstanceSpecimen<P, I>): void {
  const draw = (name: string) =>
    textOf(specimen.instances(name, 50).map((i) => specimen.family.words(specimen.parameters, i)));
  const first = draw("a");
  demand(draw("a") === first, "the same stream gave two different lists of instances");
  demand(draw("b") !== first, "two different streams gave the same instances");
}

/** Words and identity are whole 32-bit numbers that depend on the instance alone. */
export function canonicalFormIsStable<P, I>(specimen: InstanceSpecimen<P, I>): void {
  const { family, parameters } = specimen;
  for (const instance of specimen.instances("stable", 200))
    for (const form of ["words", "identity"] as const) {
      const words = family[form](parameters, instance);
      const again = family[form](parameters, instance);
      demand(words.length > 0, `${form} is empty`);
      demand(words.join() === again.join(), `${form} of one instance changed between two calls`);
      for (const word of words)
        demand(
          word === (word | 0) || word === word >>> 0,
          `${form} holds ${word}, which is no whole 32-bit number`,
        );
    }
}

/** Different instances have different words; equal words mean an equal identity. */
export function canonicalFormDistinguishes<P, I>(specimen: InstanceSpecimen<P, I>): void {
  const { family, parameters } = specimen;
  const byWords = new Map<string, I>();
  for (const instance of specimen.instances("distinguish", 1000)) {
    const name = family.words(parameters, instance).join();
    const twin = byWords.get(name);
    byWords.set(name, instance);
    if (!twin) continue;
    demand(textOf(twin) === textOf(instance), `two different instances share the words ${name}`);
    const identities = [twin, instance].map((i) => family.identity(parameters, i).join());
    demand(identities[0] === identities[1], "equal instances differ in identity");
  }
  const distinct = (form: "words" | "identity") =>
    new Set([...byWords.values()].map((i) => family[form](parameters, i).join())).size;
  demand(distinct("identity") > 1 || family.count(parameters) === 1, "all identities are equal");
}

/** Why `enumerate` is not checked with these parameters, if so. */
export function enumerationSkip<P, I>({ family, parameters }: InstanceSpecimen<P, I>) {
  const count = family.count(parameters);
  return count > countable ? `${count} identities are too many to enumerate` : undefined;
}

/** `enumerate` gives `count` distinct identities, and those that are drawn are among them. */
export function enumerationIsComplete<P, I>(specimen: InstanceSpecimen<P, I>): void {
  const { family, parameters } = specimen;
  const count = family.count(parameters);
  const names = new Set<string>();
  let given = 0;
  for (const instance of family.enumerate(parameters, split(keyOf(0), "enumerate"))) {
    given++;
    names.add(family.identity(parameters, instance).join());
  }
  demand(given === count, `enumerate gives ${given} instances, and count says ${count}`);
  demand(names.size === count, `enumerate gives ${names.size} distinct identities of ${count}`);
  for (const instance of specimen.instances("enumerated", 200))
    demand(
      names.has(family.identity(parameters, instance).join()),
      "an instance was drawn that enumerate does not give",
    );
}

/** Why the parts are not checked: the instance space is too small to have all three. */
export function partsSkip<P, I>({ family, given }: InstanceSpecimen<P, I>): string | undefined {
  try {
    makeTask(family as unknown as TaskFamily, given, { diversity: "fresh", seed: 0 });
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** What is drawn for training, validation and held-out never shares an identity. */
export function partsAreDisjoint<P, I>({
  family,
  parameters,
  given,
}: InstanceSpecimen<P, I>): void {
  const task = makeTask(family as unknown as TaskFamily, given, { diversity: "fresh", seed: 0 });
  const home = new Map<string, string>();
  for (const part of ["training", "validation", "heldOut"] as const)
    for (const instance of task[part].draw(split(keyOf(0), part), 500)) {
      const identity = family.identity(parameters, instance as I);
      demand(partOf(identity) === part, `an instance drawn for ${part} belongs to another part`);
      const before = home.get(identity.join()) ?? part;
      demand(before === part, `one identity was drawn for ${before} and for ${part}`);
      home.set(identity.join(), part);
    }
}
