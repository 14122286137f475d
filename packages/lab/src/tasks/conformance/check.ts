/** What the checks of a task family share. */
import {
  type EpisodicFamily,
  type EpisodicRules,
  type InstanceFamily,
  keyOf,
  type Observed,
  Random,
  type SupervisedFamily,
  type SupervisedRules,
  split,
} from "../../core/index.ts";

/** A named property that every family must have. */
export interface ConformanceCheck {
  readonly name: string;
  /** The parameters that it is checked with, as JSON. */
  readonly parameters: string;
  /** Why the check does not apply here, where it does not. */
  readonly skip?: string;
  /** @throws Error saying what does not hold. */
  run(): void;
}

/** What the checks of instances and parameters need of a family: parameters, and streams for each check. */
export interface InstanceSpecimen<P, I> {
  readonly family: InstanceFamily<P, I>;
  /** Parameters as they were given. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly parameters: P;
  /** A stream named by the check that draws from it. */
  random(name: string): Random;
  /** So many instances of the stream that `name` names. */
  instances(name: string, count: number): readonly I[];
}

/** A family in which a policy acts, with its rules. */
export interface Specimen<P, I, S> extends InstanceSpecimen<P, I> {
  readonly family: EpisodicFamily<P, I, S>;
  readonly rules: EpisodicRules<I, S>;
}

/** A family in which outputs are compared with targets, with its rules. */
export interface SupervisedSpecimen<P, I> extends InstanceSpecimen<P, I> {
  readonly family: SupervisedFamily<P, I>;
  readonly rules: SupervisedRules<I>;
}

export function specimenOf<P, I, S>(
  family: EpisodicFamily<P, I, S>,
  given: Readonly<Record<string, unknown>>,
): Specimen<P, I, S> {
  const base = instanceSpecimen(family, given);
  return { ...base, family, rules: family.rules(base.parameters) };
}

export function supervisedSpecimen<P, I>(
  family: SupervisedFamily<P, I>,
  given: Readonly<Record<string, unknown>>,
): SupervisedSpecimen<P, I> {
  const base = instanceSpecimen(family, given);
  return { ...base, family, rules: family.rules(base.parameters) };
}

function instanceSpecimen<P, I>(
  family: InstanceFamily<P, I>,
  given: Readonly<Record<string, unknown>>,
): InstanceSpecimen<P, I> {
  const parameters = family.parameters.parse(given);
  const random = (name: string) => new Random(split(keyOf(0), "conformance", family.id, name));
  return {
    family,
    given,
    parameters,
    random,
    instances(name, count) {
      const stream = random(name);
      return Array.from({ length: count }, () => family.sample(parameters, stream));
    },
  };
}

/** @throws Error with the message when the condition does not hold. */
export function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Mean and standard error of the mean. */
export function meanOf(values: ArrayLike<number>): { mean: number; error: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** A value's text, for comparing contents; typed arrays count by content. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "bigint" ? part.toString() : part,
  );
}

/** Fields lie side by side and cover the observation. */
export function fieldsAreLaidOut({ observation, observationSize }: Observed): void {
  let end = 0;
  for (const field of [...observation].sort((a, b) => a.offset - b.offset)) {
    demand(field.size > 0, `field ${field.name} is empty`);
    demand(field.offset >= end, `field ${field.name} overlaps the one before it`);
    demand(field.offset === end, `no field covers offset ${end} of the observation`);
    end = field.offset + field.size;
  }
  demand(end === observationSize, `fields end at ${end} of ${observationSize}`);
}
