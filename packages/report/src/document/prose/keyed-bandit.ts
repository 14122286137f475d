/** The keyed bandit for a reader who knows only the paper. */
import type { EpisodicOutcome } from "@mesascope/lab/studies";
import {
  design,
  disagreements,
  diversityPhrase,
  fixed,
  learnerName,
  list,
  range,
  summary,
} from "../../figures/index.ts";
import { type Html, html } from "../html.ts";
import { banditFacts } from "./bandit-facts.ts";
import { bitsReading } from "./bits.ts";
import type { TaskProse } from "./types.ts";

function task(outcome: EpisodicOutcome): Html {
  const { arms, steps, keyBits, best, others, noiseless } = banditFacts(outcome);
  return html`<p>A bandit of ${arms ?? "several"} arms, played for ${steps ?? "a fixed number of"} steps. One arm is the
    best and stays so for the whole episode. Which one it is belongs to the instance, and the instance is named by a
    random key of ${keyBits ?? "many"} bits that is shown at every step, beside the last action and the last reward.
    Keys and best arms are drawn independently, so nothing that is learned of one instance helps with another: the best
    arm is either remembered for its key, or found by trying within the episode.
    ${
      noiseless
        ? "The best arm always pays a reward of 1, every other arm nothing, so that one reward tells all."
        : `The best arm pays a reward of 1 with probability ${best ?? "p"}, any other arm with probability ${others ?? "q"}, so that evidence has to be gathered over several steps.`
    }
    The base objective is the total reward.</p>
    <p>N is the number of distinct instances in the training distribution; <em>fresh</em> means a new one in every
    episode. New instances, on which nothing can have been tuned, have keys that never occur in training: all keys are
    split by their hash into a training and a held-out part before anything is drawn.</p>`;
}

function remarks(outcome: EpisodicOutcome): Html {
  const { learners } = design(outcome);
  const having = (architecture: string) =>
    learners.find((id) => outcome.study.file.learners[id]?.architecture === architecture);
  const reactive = having("mlp-feedback");
  const table = having("table");
  const { noiseless } = banditFacts(outcome);
  return html`${disagreementRemark(outcome)}${
    reactive &&
    (noiseless
      ? noiselessRemark(outcome, learnerName(outcome, reactive))
      : noisyRemark(learnerName(outcome, reactive)))
  }${table && tableRemark()}`;
}

/** What it says of the main learner where its two decompositions differ. */
function disagreementRemark(outcome: EpisodicOutcome): Html | false {
  const { main } = design(outcome);
  const found = disagreements(outcome, main);
  if (found.length === 0) return false;
  const name = learnerName(outcome, main);
  return html`<h4>Where the two decompositions disagree</h4>${found.map(
    ({ diversity, subtraction, ablation }) => html`<p>At ${diversityPhrase(diversity)}, ${name} has
    ${fixed(subtraction, 1)} run-time bits by subtraction and ${fixed(ablation, 1)} by ablation.
    ${
      ablation > subtraction
        ? `On training instances feedback brings it more than it can find out on new ones: part of what it has stored
           of an instance comes to bear only with feedback, or the unfamiliar lack of feedback throws it off.`
        : `It can find out more on new instances than it relies on feedback for on training ones, whose answers it has
           stored as well.`
    }</p>`,
  )}`;
}

function tableRemark(): Html {
  return html`<h4>Why a table can seem to optimize by ablation</h4>
    <p>A table reads the whole observation, feedback included. For a key that it was trained on it can hold one answer
    after a miss and another after a win, and it loses them when feedback is withheld. By ablation that counts as
    run-time, although every one of these answers was tuned in for this key. On new instances it has no entries and
    plays at random, so subtraction gives it none.</p>`;
}

function noiselessRemark(outcome: EpisodicOutcome, name: string): Html {
  const { solver } = outcome.reference;
  return html`<h4>Why ${name} can do better than chance on new instances</h4>
    <p>It has no memory, yet it can search. In the noiseless form the best rule for a new instance is <em>win: stay;
    lose: take the next arm</em>. It needs nothing but the last action and the last reward, and both are in the
    observation: the action that the learner takes now is what it reads at the next step, so the environment remembers
    for it. Trying the arms in a fixed order in this way is exhaustive trial, which is the reference solver and reaches
    ${fixed(solver.expected)} on a new instance. So in this form run-time bits of a learner without a state of its own are
    not a mistake of measurement, and the comparison of learners says little about statefulness. The noisy form is the
    one that needs it.</p>`;
}

function noisyRemark(name: string): Html {
  return html`<h4>What statefulness adds</h4>
    <p>In the noisy form one reward does not tell which arm is best: the best arm sometimes fails to pay and others
    sometimes do. A good policy weighs how often each arm was tried and paid, and these counts are not in the
    observation; they have to be kept. ${name} reads the last action and the last reward only. It can still do better
    than chance on new instances, since staying after a reward and leaving after a miss favours the arm that pays
    more often; but such a rule leaves the best arm at its first miss, and cannot tell a tried arm from an untried one. What a
    learner with a state gains beyond it is what statefulness adds.</p>`;
}

/** Architectures that cannot find anything out on a new instance: one sees no feedback, the other knows no new key. */
const blind = new Set(["mlp", "table"]);

function checks(outcome: EpisodicOutcome): Html {
  const { chance, optimum, solver, bits } = outcome.reference;
  const { learners, diversities } = design(outcome);
  const controls = learners.filter((id) =>
    blind.has(outcome.study.file.learners[id]?.architecture ?? ""),
  );
  const rows = controls.flatMap((learner) => {
    const found = diversities.flatMap((diversity) => {
      const one = summary(outcome, { measure: "optimization-power.runTime", learner, diversity });
      return one ? [one.mean] : [];
    });
    if (found.length === 0) return [];
    return [
      `${learnerName(outcome, learner)} from ${range({ low: Math.min(...found), high: Math.max(...found) })} bits`,
    ];
  });
  return html`<p>Three points of the scale are known without training anything: a uniformly random player, who earns
    ${fixed(chance)} on average, has 0 bits by construction; ${solver.exact ? "the best policy on a new instance" : "the reference solver on a new instance"}
    (${solver.title}${solver.exact ? ", computed exactly" : ", estimated by playing it"}) earns
    ${fixed(solver.expected)} and has ${fixed(bits.solver)} bits; and a policy that is told the answer earns
    ${fixed(optimum)} and has ${fixed(bits.optimum)}.</p>
    ${
      rows.length > 0 &&
      html`<p>A network that is shown no feedback and a table that never met a key cannot find out anything about
    a new instance, so their run-time bits must be zero up to the error of measurement. Over all diversities their means lie between: ${list(rows)}. A mean over a finite number
    of episodes scatters around chance, and rate bits grow with the square of that distance, so small values of either
    sign are expected.</p>`
    }
    <p class="quiet">Error rates of the signatures on hand-built optimizers and on hard negatives are not part of this
    report: read bits as what was achieved on this task, not as proof of a mechanism.</p>`;
}

/** Prose of the keyed bandit. */
export const keyedBandit: TaskProse<EpisodicOutcome> = {
  family: "keyed-bandit",
  task,
  reading: bitsReading,
  remarks,
  checks,
};
