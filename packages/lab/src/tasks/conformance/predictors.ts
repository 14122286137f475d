/** Checks of a supervised family's score and of its predictors with known answers. */
import {
  type ExampleBatch,
  keyOf,
  type ReferencePredictor,
  type SupervisedRules,
  split,
} from "../../core/index.ts";
import { drawExamples } from "../examples.ts";
import { demand, meanOf, type SupervisedSpecimen } from "./check.ts";
import { drawBatch } from "./examples.ts";

/** Outputs that say exactly what the targets say, in the form that the loss takes. */
function perfect<I>({ loss }: SupervisedRules<I>, { targets }: ExampleBatch): Float32Array {
  if (loss === "squared-error") return targets.slice();
  if (loss === "cross-entropy") return targets.map((target) => Math.log(Math.max(target, 1e-30)));
  return targets.map((p) => Math.log(Math.max(p, 1e-30)) - Math.log(Math.max(1 - p, 1e-30)));
}

/** No outputs score above those that repeat the targets, and some score below. */
export function scoreIsMaximalAtTargets<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { rules } = specimen;
  const batch = drawBatch(specimen, "score", 20);
  const best = perfect(rules, batch);
  const top = rules.score(best, batch);
  const random = specimen.random("score changes");
  const near = rules.score(
    best.map((value) => value + random.normal()),
    batch,
  );
  const far = rules.score(
    best.map(() => random.normal()),
    batch,
  );
  demand(top.length === batch.batch, "score does not give one number an example");
  top.forEach((score, i) => {
    demand(Number.isFinite(score), "a score is not a finite number");
    const other = Math.max(near[i]!, far[i]!);
    demand(other <= score + 1e-9, `an example scores ${other} off its targets, above ${score}`);
  });
  demand(
    far.some((score, i) => score < top[i]!),
    "the score does not depend on the outputs",
  );
}

/** Predictors have distinct ids, and give finite outputs of the right number, the same twice. */
export function predictorsAreFinite<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { family, parameters, rules } = specimen;
  const predictors = family.predictors(parameters);
  demand(
    new Set(predictors.map(({ id }) => id)).size === predictors.length,
    "two predictors share an id",
  );
  const instances = specimen.instances("finite", 20);
  const batch = drawExamples(rules, instances, split(keyOf(0), "finite"));
  for (const predictor of predictors) {
    const outputs = predictor.predict(batch, instances);
    demand(
      outputs.length === rules.horizon * batch.batch * rules.outputs,
      `predictor ${predictor.id} gives ${outputs.length} outputs`,
    );
    demand(outputs.every(Number.isFinite), `predictor ${predictor.id} gives a number not finite`);
    demand(
      predictor.predict(batch, instances).every((value, i) => value === outputs[i]),
      `predictor ${predictor.id} gives other outputs when asked again`,
    );
  }
}

/** What does not know the instance looks neither at targets nor at steps to come. */
export function predictorsPlayFairly<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { family, parameters, rules } = specimen;
  const batch = drawBatch(specimen, "fair", 20);
  const known = specimen.instances("fair known", 4);
  const other = drawBatch(specimen, "fair other", 20);
  const half = Math.floor(rules.horizon / 2);
  const mixed = {
    ...batch,
    targets: other.targets,
    inputs: batch.inputs.map((value, at) =>
      at < half * batch.batch * rules.observationSize ? value : other.inputs[at]!,
    ),
  };
  for (const { id, knows, predict } of family.predictors(parameters)) {
    if (knows === "instance") continue;
    const outputs = predict(batch, known);
    const blind = predict({ ...batch, targets: new Float32Array(batch.targets.length) }, known);
    demand(
      outputs.every((value, i) => value === blind[i]),
      `predictor ${id} looks at the targets`,
    );
    const seen = predict(mixed, known);
    demand(
      outputs
        .subarray(0, half * batch.batch * rules.outputs)
        .every((value, i) => value === seen[i]),
      `predictor ${id} looks at steps to come`,
    );
  }
}

/** On new instances `best` scores above `chance`, and nothing that sees the inputs only scores above `best`. */
export function bestBeatsChance<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { family, parameters } = specimen;
  const references = family.references(parameters);
  const predictors = family.predictors(parameters);
  const instances = specimen.instances("best", 1000);
  const batch = drawExamples(specimen.rules, instances, split(keyOf(0), "best"));
  const best = scoresOf(specimen, predictorNamed(predictors, references.best), batch, instances);
  for (const predictor of predictors) {
    if (predictor.knows !== "inputs") continue;
    const others = scoresOf(specimen, predictor, batch, []);
    const { mean, error } = meanOf(best.map((score, i) => score - others[i]!));
    demand(
      mean >= -4 * error - 1e-9,
      `predictor ${predictor.id} scores ${-mean} above ${references.best}, said to be best`,
    );
    if (predictor.id === references.chance)
      demand(mean > 4 * error, `${references.best} does not beat ${references.chance}`);
  }
  predictorNamed(predictors, references.chance);
}

/** Why the memorizer is not checked: the family names none. */
export function memorizerSkip<P, I>({ family, parameters }: SupervisedSpecimen<P, I>) {
  const { memorizer, generalizer } = family.references(parameters);
  return memorizer && generalizer ? undefined : "the family names no memorizer and generalizer";
}

/** Made from one instance, the memorizer beats the generalizer on it and loses to it on others. */
export function memorizerWins<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { family, parameters, rules } = specimen;
  const references = family.references(parameters);
  const predictors = family.predictors(parameters);
  const memorizer = predictorNamed(predictors, references.memorizer!);
  const generalizer = predictorNamed(predictors, references.generalizer!);
  const known = specimen.instances("memorized", 1);
  const gain = (instances: readonly I[], name: string) => {
    const batch = drawExamples(rules, instances, split(keyOf(0), "memorized", name));
    const of = (p: ReferencePredictor<I>) => scoresOf(specimen, p, batch, known);
    const others = of(generalizer);
    return meanOf(of(memorizer).map((score, i) => score - others[i]!));
  };
  const own = Array.from({ length: 1000 }, () => known[0]!);
  const home = gain(own, "own");
  demand(home.mean > 4 * home.error, "the memorizer does not win on the instance it knows");
  const away = gain(specimen.instances("not memorized", 1000), "other");
  demand(away.mean < -4 * away.error, "the memorizer does not lose on instances it does not know");
}

function scoresOf<P, I>(
  { rules }: SupervisedSpecimen<P, I>,
  predictor: ReferencePredictor<I>,
  batch: ExampleBatch,
  known: readonly I[],
): Float64Array {
  return rules.score(predictor.predict(batch, known), batch);
}

function predictorNamed<I>(predictors: readonly ReferencePredictor<I>[], id: string) {
  const found = predictors.find((predictor) => predictor.id === id);
  demand(found !== undefined, `the reference ${id} is not among the predictors`);
  return found;
}
