/**
 * Whether a deep Q-network that plays well looks ahead inside. Hubinger et al. 2019, section 2.1: one that played such a
 * game well would have to compute something like a tree search.
 */
import { z } from "zod";
import {
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  Random,
  split,
} from "../../core/index.ts";
import { logisticRegression, logOdds } from "../../stats/index.ts";
import { measurement } from "../experiments/measurement.ts";
import { unlessStopped } from "../experiments/stopping.ts";
import { planesOf } from "./policy-value.ts";
import { drawPositions, type Labelled, smallGameNames, solvedGame } from "./positions.ts";
import { learnByPlaying } from "./q-learning.ts";
import { bestByValues, QNetwork, type QThought } from "./q-network.ts";

const parameters = z.strictObject({
  game: z.enum(smallGameNames).default("connect-four").describe("A game that is solved."),
  depth: z
    .enum(["layers", "ticks"])
    .default("layers")
    .describe("Hidden layers with weights of their own, or one applied as often."),
  size: z.number().int().min(1).max(16).default(3).describe("Number of those layers, or ticks."),
  width: z.number().int().min(4).max(1024).default(96).describe("Units of a hidden layer."),
  batch: z.number().int().min(8).max(8192).default(128).describe("Transitions an update."),
  learningRate: z.number().positive().default(0.001).describe("Learning rate of Adam."),
  updates: z.number().int().min(1).max(1_000_000).describe("Updates."),
  known: z.number().int().min(100).max(100_000).default(4000).describe("Positions of each part."),
});

type Parameters = z.infer<typeof parameters>;
type Think = (positions: readonly Labelled["position"][]) => Promise<QThought[]>;

/** Lengths of the shortest forced win that accuracy is told by. */
const wins = [1, 3, 5];

export const dqnLookahead: Experiment<Parameters> = {
  id: "dqn-lookahead",
  title: "Look-ahead in a Q-network",
  description:
    "A Q-network learns a solved game from its own play; its choices are told by how far ahead the win lies, and from its last hidden layer it is read whether a win in three moves can be forced, beside the same reading of an untrained twin and of the board itself.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ updates }) => updates,
  run: (p, context) => unlessStopped(context.signal, () => examined(p, context)),
};

async function examined(
  p: Parameters,
  { key, signal, report }: ExperimentContext,
): Promise<ExperimentResult> {
  const { game } = solvedGame(p.game);
  const parts = drawPositions(p.game, key, { training: p.known, heldOut: p.known });
  const [layers, ticks] = p.depth === "layers" ? [p.size, 1] : [1, p.size];
  const options = { ...p, layers, ticks, key: split(key, "network") };
  const network = await QNetwork.create(game, options);
  const twin = await QNetwork.create(game, { ...options, key: split(key, "twin") });
  const plan = { ...p, key: split(key, "training"), signal, report };
  await learnByPlaying(network, plan);
  const think: Think = (positions) => network.think(positions);
  const choices = await choicesOf(think, parts.heldOut);
  const share = (value: number) => [value, "share of positions"] as const;
  const won = wins.map((plies) => {
    const among = choices.filter(({ value, plies: own }) => value === 1 && own === plies);
    return [`win${plies}`, share(rate(among))] as const;
  });
  const probe = new Random(split(key, "probe"));
  const [training, heldOut] = [parts.training, parts.heldOut].map((part) =>
    balanced(part, probe),
  ) as [Labelled[], Labelled[]];
  const readFrom = async (features: (some: readonly Labelled[]) => Promise<Float64Array[]>) =>
    probed(await features(training), training, await features(heldOut), heldOut);
  const hidden = (of: Think) => async (some: readonly Labelled[]) =>
    (await of(some.map(({ position }) => position))).map((one) => Float64Array.from(one.hidden));
  const trained = await readFrom(hidden(think));
  const untrained = await readFrom(hidden((positions) => twin.think(positions)));
  const board = await readFrom(async (some) =>
    some.map(({ position }) => Float64Array.from(planesOf(game, [position], 1))),
  );
  const accuracy = rate(choices);
  const gainAt = async (others: number) =>
    share(rate(await choicesOf(await network.withTicks(others), parts.heldOut)) - accuracy);
  return {
    measurements: [
      measurement("dqn-lookahead", share(accuracy), {
        accuracy: share(accuracy),
        ...Object.fromEntries(won),
        probe: share(trained),
        probeUntrained: share(untrained),
        probeBoard: share(board),
        probeExcess: share(trained - Math.max(untrained, board)),
        ...(ticks > 1 ? { oneTick: await gainAt(1), moreTicks: await gainAt(2 * ticks) } : {}),
        probed: [heldOut.length, "positions"],
      }),
    ],
  };
}

interface Choice extends Labelled {
  readonly right: boolean;
}

async function choicesOf(think: Think, positions: readonly Labelled[]): Promise<Choice[]> {
  const thoughts = await think(positions.map(({ position }) => position));
  return positions.map((one, i) => ({
    ...one,
    right: one.optimal.includes(bestByValues(one.position, thoughts[i]!.values)),
  }));
}

/** Share of right choices; NaN of none. */
const rate = (choices: readonly Choice[]) =>
  choices.filter(({ right }) => right).length / choices.length;

/** Whether the player to move can force a win with its second move from now, and not with its first. */
const winsInThree = ({ value, plies }: Labelled) => value === 1 && plies === 3;

/** As many positions with a win in three moves as without, none with a win at once. */
function balanced(positions: readonly Labelled[], random: Random): Labelled[] {
  const others = positions.filter(({ value, plies }) => !(value === 1 && plies === 1));
  const yes = random.shuffle(others.filter(winsInThree));
  const no = random.shuffle(others.filter((one) => !winsInThree(one)));
  const each = Math.min(yes.length, no.length);
  return [...yes.slice(0, each), ...no.slice(0, each)];
}

/** Share of held-out positions that a linear reading of features tells rightly; a half is chance. */
function probed(
  features: readonly Float64Array[],
  labelled: readonly Labelled[],
  heldOutFeatures: readonly Float64Array[],
  heldOut: readonly Labelled[],
): number {
  const model = logisticRegression(
    designOf(features),
    labelled.map((one) => Number(winsInThree(one))),
    { penalty: 10 },
  );
  const odds = logOdds(model, designOf(heldOutFeatures));
  return heldOut.filter((one, i) => odds[i]! > 0 === winsInThree(one)).length / heldOut.length;
}

function designOf(rows: readonly Float64Array[]) {
  const columns = rows[0]?.length ?? 0;
  const features = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    features.set(row, i * columns);
  });
  return { rows: rows.length, columns, features };
}
