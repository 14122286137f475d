/**
 * Rules against search: what a network that reacts can reach in a game, and what search over the same network adds.
 * Hubinger et al. 2019, section 2.1 ("Better generalization through search"): tic-tac-toe needs simple rules only.
 */
import { z } from "zod";
import {
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  pauses,
  Random,
  split,
} from "../../core/index.ts";
import { measurement, type Part } from "../experiments/measurement.ts";
import { unlessStopped } from "../experiments/stopping.ts";
import { byDepth, byTreeSearch, match, type Player, reactive } from "./players.ts";
import { type Lesson, PolicyValue } from "./policy-value.ts";
import { drawPositions, type Labelled, smallGameNames, solvedGame } from "./positions.ts";
import { selfPlay, type TrainingPlan } from "./self-play.ts";

const parameters = z.strictObject({
  game: z.enum(smallGameNames).describe("A game that is solved."),
  teacher: z
    .enum(["solution", "self-play"])
    .default("solution")
    .describe("Positions labelled by the exact solution, or games that the network plays itself."),
  positions: z
    .number()
    .int()
    .min(16)
    .max(1_000_000)
    .default(1000)
    .describe("Distinct training positions; all of a game that has fewer."),
  width: z.number().int().min(4).max(2048).default(128).describe("Units of each hidden layer."),
  layers: z.number().int().min(1).max(8).default(2).describe("Hidden layers."),
  batch: z.number().int().min(8).max(8192).default(128).describe("Positions an update."),
  learningRate: z.number().positive().default(0.002).describe("Learning rate of Adam."),
  updates: z.number().int().min(10).max(1_000_000).default(1500).describe("Updates."),
  measured: z.number().int().min(16).max(100_000).default(400).describe("Positions measured."),
  openings: z.number().int().min(2).max(10_000).default(25).describe("Openings of a match."),
  depths: z
    .array(z.number().int().min(1).max(6))
    .default([1, 2, 4])
    .describe("Depths of look-ahead."),
  simulations: z
    .array(z.number().int().min(2).max(4096))
    .default([16, 64])
    .describe("Simulations of tree search."),
});

type Parameters = z.infer<typeof parameters>;

export const rulesAgainstSearch: Experiment<Parameters> = {
  id: "rules-against-search",
  title: "Rules against search",
  description:
    "A feed-forward network learns moves and values of a solved game; how often its first choice is optimal on positions that it was not shown is set against what look-ahead and tree search over the same network choose.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ updates }) => updates,
  run: (p, context) => unlessStopped(context.signal, () => compared(p, context)),
};

async function compared(
  p: Parameters,
  { key, signal, report }: ExperimentContext,
): Promise<ExperimentResult> {
  const { game } = solvedGame(p.game);
  const parts = drawPositions(p.game, key, { training: p.positions, heldOut: p.measured });
  const network = await PolicyValue.create(game, { ...p, key: split(key, "network") });
  const training = { ...p, signal, report, key: split(key, "training") };
  if (p.teacher === "self-play") await selfPlay(network, training);
  else await learnLabelled(network, parts.training, training);
  const measured = new Random(split(key, "measured"))
    .shuffle([...parts.heldOut])
    .slice(0, p.measured);
  const fair = (player: Player) => optimalRate(player, measured);
  const own = await fair(reactive(network));
  const rates: Record<string, Part> = { reactive: [own, "share of positions"] };
  const searchers: [string, Player][] = [
    ...p.depths.map((depth): [string, Player] => [`depth${depth}`, byDepth(network, depth)]),
    ...p.simulations.map((n): [string, Player] => [`tree${n}`, byTreeSearch(network, n)]),
  ];
  for (const [name, player] of searchers) {
    signal.throwIfAborted();
    const rate = await fair(player);
    rates[name] = [rate, "share of positions"];
    rates[`${name}Gain`] = [rate - own, "share of positions"];
  }
  const openings = new Random(split(key, "openings"));
  const deepest = byDepth(network, Math.max(...p.depths));
  const score = await match(game, deepest, reactive(network), p.openings, openings);
  return {
    measurements: [
      measurement("rules-against-search", [own, "share of positions"], {
        ...rates,
        match: [score, "score a game"],
        trained: [parts.training.length, "positions"],
        measured: [measured.length, "positions"],
      }),
    ],
  };
}

/** Share of positions in which the player chooses a move that keeps the value. */
async function optimalRate(player: Player, positions: readonly Labelled[]): Promise<number> {
  const chosen = await player(positions.map(({ position }) => position));
  const right = positions.filter(({ optimal }, i) => optimal.includes(chosen[i]!));
  return right.length / positions.length;
}

/** Updates on positions whose optimal moves are taught alike. @throws the signal's reason once it is aborted. */
async function learnLabelled(
  network: PolicyValue,
  known: readonly Labelled[],
  { batch, updates, key, signal, report }: TrainingPlan,
): Promise<void> {
  const random = new Random(key);
  const lessons = known.map((one) => lessonOf(one, network.game.moves));
  const pause = pauses(signal);
  for (let update = 1; update <= updates; update++) {
    await network.update(
      Array.from({ length: batch }, () => lessons[random.integer(lessons.length)]!),
    );
    if (!pause.due()) continue;
    report(update);
    await pause.take();
  }
}

function lessonOf({ position, optimal, value }: Labelled, moves: number): Lesson {
  const policy = new Float32Array(moves);
  for (const move of optimal) policy[move] = 1 / optimal.length;
  return { position, policy, value };
}
