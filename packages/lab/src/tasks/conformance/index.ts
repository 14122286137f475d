/** The suite that every task family must pass, in the manner of Gymnasium's `check_env`. */
import { canonicalJson, type EpisodicFamily, type Json } from "../../core/index.ts";
import { type ConformanceCheck, type Specimen, specimenOf } from "./check.ts";
import * as instances from "./instances.ts";
import * as parameters from "./parameters.ts";
import * as rules from "./rules.ts";
import * as scores from "./scores.ts";

export type { ConformanceCheck };

/**
 * The checks of one family, for each of the parameter sets: best its forms, and some small enough to
 * enumerate. All draws have fixed keys, so a check passes always or never.
 */
export function taskConformance<P, I, S>(
  family: EpisodicFamily<P, I, S>,
  parametersList: readonly Readonly<Record<string, unknown>>[],
): readonly ConformanceCheck[] {
  return parametersList.flatMap((given) => checksOf(specimenOf(family, given)));
}

function checksOf<P, I, S>(specimen: Specimen<P, I, S>): ConformanceCheck[] {
  const check = (
    name: string,
    run: (specimen: Specimen<P, I, S>) => void,
    skip?: (specimen: Specimen<P, I, S>) => string | undefined,
  ): ConformanceCheck => {
    const reason = skip?.(specimen);
    return {
      name,
      parameters: canonicalJson(specimen.given as Json),
      ...(reason ? { skip: reason } : {}),
      run: () => run(specimen),
    };
  };
  return [
    check("forms parse", parameters.formsParse),
    check("parsing settles", parameters.parsingSettles),
    check("unknown parameters are refused", parameters.unknownRefused),
    check("sampling is pure", instances.samplingIsPure),
    check("canonical form is stable", instances.canonicalFormIsStable),
    check("canonical form distinguishes", instances.canonicalFormDistinguishes),
    check("enumeration is complete", instances.enumerationIsComplete, instances.enumerationSkip),
    check("parts are disjoint", instances.partsAreDisjoint, instances.partsSkip),
    check("rules are pure", rules.rulesArePure),
    check("observation is laid out", rules.observationIsLaidOut),
    check("episodes end", rules.episodesEnd),
    check("conceal hides reward", rules.concealHidesReward),
    check("chance is a distribution", scores.chanceIsDistribution),
    check("chance matches play", scores.chanceMatchesPlay),
    check("reference is earned", scores.referenceIsEarned),
    check("solvers are legal", scores.solversAreLegal),
  ];
}
