/** `mesascope theory deception`: the deceptive toy example of the paper's section 4, solved exactly. */
import type { Corner, DeceptionModel } from "@mesascope/lab/theory";
import { plural } from "../../output/format.ts";
import { printJson } from "../../output/json.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { exact, numberFor } from "./numbers.ts";

type Flags = Required<DeceptionModel> & { readonly json?: boolean };

const help = `
The example (Hubinger et al. 2019, section 4, figure 4.1): a 3 x 3 grid with corner A top left, corner B top right and
the start bottom left. The base objective is to reach A in as few steps as possible; the agent's is to reach B in as
many episodes as possible. A suboptimal move in a training episode has the agent modified, so that it goes to A in all
later episodes; in deployment it is never modified. The agent knows this. Added where the text is silent: an episode
ends at either corner, and the i-th episode counts discount^(i - 1).

Results:
  bestResponse           the corner that each episode ends at, training first, for an agent that can tell episodes
                         apart; exact over all routes and randomized policies
  unique                 whether nothing else is as good; among equals, bestResponse complies longest
  value                  discounted number of episodes that end at B under bestResponse
  defectProbability      for an agent that cannot tell episodes apart: the probability of going to B, the same in every
                         episode, that is best when chosen in advance ("planning-optimal", section 4.5)
  hiddenValue            expected discounted number of episodes that end at B with that probability
  deceptiveFromDiscount  the least discount at which it is a best response to go to A throughout training and to B
                         throughout deployment; null where there is no training or no deployment
  printed                only for the paper's own case: the probability that it prints, 0.61, and its value under the
                         rules above, of which 5/9 is the optimum

Example:
  $ mesascope theory deception --training 2 --deployment 3 --json`;

/** Adds the command. */
export const addDeceptionCommand: AddCommand = (program, world, act) => {
  const episodes = (flag: string) =>
    numberFor(flag, {
      meaning: "a whole number of episodes from 0 to 10000",
      ...{ atLeast: 0, atMost: 10_000, whole: true },
    });
  program
    .command("deception")
    .description("when it pays to behave while watched: the example of section 4")
    .requiredOption(
      "--training <episodes>",
      "T: episodes with modification",
      episodes("--training"),
    )
    .requiredOption("--deployment <episodes>", "D: episodes without", episodes("--deployment"))
    .option(
      "--discount <g>",
      "what an episode counts relative to the one before",
      numberFor("--discount", { meaning: "a number from 0 to 1", atLeast: 0, atMost: 1 }),
      1,
    )
    .option("--json", "print results as JSON")
    .addHelpText("after", help)
    .action(act((flags: Flags) => deception(world, flags)));
};

async function deception(world: World, { json, ...model }: Flags): Promise<number> {
  const results = await solve(model);
  if (json) printJson(world.stdout, results);
  else world.stdout.write(text(model, results));
  return 0;
}

type Results = Awaited<ReturnType<typeof solve>>;

async function solve({ training, deployment, discount }: Required<DeceptionModel>) {
  const model = { training, deployment, discount };
  const theory = await import("@mesascope/lab/theory");
  const hidden = theory.planningOptimum(model);
  const { training: T, deployment: D, defectProbability } = theory.printedExample;
  const asPrinted = training === T && deployment === D && discount === 1;
  return {
    ...theory.bestResponse(model),
    defectProbability: hidden.defectProbability,
    hiddenValue: hidden.value,
    deceptiveFromDiscount: theory.deceptiveFromDiscount(model) ?? null,
    ...(asPrinted
      ? {
          printed: {
            defectProbability,
            value: theory.policyValue(new Array(T + D).fill(defectProbability), model),
          },
        }
      : {}),
  };
}

function text({ training, deployment }: DeceptionModel, results: Results): string {
  const { bestResponse, unique, value, defectProbability, hiddenValue, printed } = results;
  const { deceptiveFromDiscount: from } = results;
  const stage = (corners: readonly Corner[], name: string) =>
    corners.length === 0 ? [] : [`  in ${name}: ${inRuns(corners)}`];
  return [
    `${plural(training, "training episode")}, ${plural(deployment, "deployment episode")}`,
    "",
    "The agent can tell episodes apart. Its best response:",
    ...stage(bestResponse.slice(0, training), "training"),
    ...stage(bestResponse.slice(training), "deployment"),
    `  value: ${exact(value)}${unique ? "" : " (another response is as good)"}`,
    from === null
      ? "  there is no discount at which it would have anything to feign and to gain"
      : `  to comply in training and defect in deployment is best from a discount of ${exact(from)}`,
    "",
    "The agent cannot tell episodes apart:",
    `  it goes to B with probability ${exact(defectProbability)} in each; value: ${exact(hiddenValue)}`,
    ...(printed
      ? [
          `  The paper prints ${printed.defectProbability} for this case; under its stated rules that is worth` +
            ` ${exact(printed.value)}, less than ${exact(hiddenValue)}.`,
        ]
      : []),
    "",
  ].join("\n");
}

/** `A in 2 episodes, then B in 3 episodes`. */
function inRuns(corners: readonly Corner[]): string {
  const runs: { corner: Corner; count: number }[] = [];
  for (const corner of corners) {
    const last = runs.at(-1);
    if (last?.corner === corner) last.count++;
    else runs.push({ corner, count: 1 });
  }
  return runs
    .map(({ corner, count }) => `${corner} in ${plural(count, "episode")}`)
    .join(", then ");
}
