/** What the checks of a task family share. */
import { type EpisodicFamily, type EpisodicRules, keyOf, Random, split } from "../../core/index.ts";

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

/** A family with parameters, and streams of its own for each check. */
export interface Specimen<P, I, S> {
  readonly family: EpisodicFamily<P, I, S>;
  /** Parameters as they were given. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly parameters: P;
  readonly rules: EpisodicRules<I, S>;
  /** A stream named by the check that draws from it. */
  random(name: string): Random;
  /** So many instances of the stream that `name` names. */
  instances(name: string, count: number): readonly I[];
}

export function specimenOf<P, I, S>(
  family: EpisodicFamily<P, I, S>,
  given: Readonly<Record<string, unknown>>,
): Specimen<P, I, S> {
  const parameters = family.parameters.parse(given);
  const random = (name: string) => new Random(split(keyOf(0), "conformance", family.id, name));
  return {
    family,
    given,
    parameters,
    rules: family.rules(parameters),
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
