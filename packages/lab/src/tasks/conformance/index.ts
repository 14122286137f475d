/** The suite that every task family must pass, in the manner of Gymnasium's `check_env`. */
import {
  canonicalJson,
  type EpisodicFamily,
  type Json,
  type SupervisedFamily,
} from "../../core/index.ts";
import {
  type ConformanceCheck,
  type InstanceSpecimen,
  type Specimen,
  type SupervisedSpecimen,
  specimenOf,
  supervisedSpecimen,
} from "./check.ts";
import * as examples from "./examples.ts";
import * as instances from "./instances.ts";
import * as parameters from "./parameters.ts";
import * as predictors from "./predictors.ts";
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
  return parametersList.flatMap((given) => {
    const specimen = specimenOf(family, given);
    return [...sharedChecks(specimen), ...episodicChecks(specimen)];
  });
}

/** The same for a family in which outputs are compared with targets. */
export function supervisedConformance<P, I>(
  family: SupervisedFamily<P, I>,
  parametersList: readonly Readonly<Record<string, unknown>>[],
): readonly ConformanceCheck[] {
  return parametersList.flatMap((given) => {
    const specimen = supervisedSpecimen(family, given);
    return [...sharedChecks(specimen), ...supervisedChecks(specimen)];
  });
}

function checksOf<X extends InstanceSpecimen<P, I>, P, I>(specimen: X) {
  return (
    name: string,
    run: (specimen: X) => void,
    skip?: (specimen: X) => string | undefined,
  ): ConformanceCheck => {
    const reason = skip?.(specimen);
    return {
      name,
      parameters: canonicalJson(specimen.given as Json),
      ...(reason ? { skip: reason } : {}),
      run: () => run(specimen),
    };
  };
}

function sharedChecks<P, I>(specimen: InstanceSpecimen<P, I>): ConformanceCheck[] {
  const check = checksOf<InstanceSpecimen<P, I>, P, I>(specimen);
  return [
    check("forms parse", parameters.formsParse),
    check("parsing settles", parameters.parsingSettles),
    check("unknown parameters are refused", parameters.unknownRefused),
    check("sampling is pure", instances.samplingIsPure),
    check("canonical form is stable", instances.canonicalFormIsStable),
    check("canonical form distinguishes", instances.canonicalFormDistinguishes),
    check("enumeration is complete", instances.enumerationIsComplete, instances.enumerationSkip),
    check("parts are disjoint", instances.partsAreDisjoint, instances.partsSkip),
  ];
}

function episodicChecks<P, I, S>(specimen: Specimen<P, I, S>): ConformanceCheck[] {
  const check = checksOf<Specimen<P, I, S>, P, I>(specimen);
  return [
    check("rules are pure", rules.rulesArePure),
    check("observation is laid out", rules.observationIsLaidOut),
    check("episodes end", rules.episodesEnd),
    check("conceal hides reward", rules.concealHidesReward),
    check("paying is all there is", rules.payingIsAllThereIs, rules.payingSkip),
    check("chance is a distribution", scores.chanceIsDistribution),
    check("chance matches play", scores.chanceMatchesPlay),
    check("reference is earned", scores.referenceIsEarned),
    check("solvers are legal", scores.solversAreLegal),
  ];
}

function supervisedChecks<P, I>(specimen: SupervisedSpecimen<P, I>): ConformanceCheck[] {
  const check = checksOf<SupervisedSpecimen<P, I>, P, I>(specimen);
  return [
    check("examples are deterministic", examples.examplesAreDeterministic),
    check("examples are laid out", examples.examplesAreLaidOut),
    check("examples keep to their place", examples.examplesKeepToTheirPlace),
    check("targets fit the loss", examples.targetsFitTheLoss),
    check("score is maximal at the targets", predictors.scoreIsMaximalAtTargets),
    check("predictors are finite", predictors.predictorsAreFinite),
    check("predictors play fairly", predictors.predictorsPlayFairly),
    check("best beats chance", predictors.bestBeatsChance),
    check("memorizer wins where it was made", predictors.memorizerWins, predictors.memorizerSkip),
  ];
}
