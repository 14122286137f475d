/** Learning from one's own games, in the manner of AlphaZero (Silver et al. 2018, Science 362:1140) at small size. */
import { type Key, pauses, proportional, Random, split } from "../../core/index.ts";
import { forMover, type Position, PuctSearch } from "../../tasks/index.ts";
import { searched } from "./players.ts";
import type { Lesson, PolicyValue } from "./policy-value.ts";

/** How long to train, on how much at once, and how to be stopped. */
export interface TrainingPlan {
  /** Positions an update. */
  readonly batch: number;
  readonly updates: number;
  readonly key: Key;
  readonly signal: AbortSignal;
  readonly report: (done: number) => void;
}

/** Games in step, simulations a move, the window of lessons that are remembered, and updates for each move of all games. */
const games = 64;
const simulations = 24;
const window = 20_000;
const updatesPerMove = 8;
/** Moves that are drawn by visits rather than taken by the most, so that games differ. */
const drawnMoves = 6;

interface Playing {
  position: Position;
  /** What each move of the game will teach once it is over. */
  lessons: { readonly position: Position; readonly policy: Float64Array }[];
}

/**
 * Plays games by tree search over the network as it is, and teaches it the visits and the outcomes.
 * @throws the signal's reason once it is aborted.
 */
export async function selfPlay(
  network: PolicyValue,
  { batch, updates, key, signal, report }: TrainingPlan,
): Promise<void> {
  const { game } = network;
  const random = new Random(key);
  const remembered: Lesson[] = [];
  let oldest = 0;
  const remember = (lesson: Lesson) => {
    if (remembered.length < window) remembered.push(lesson);
    else remembered[oldest++ % window] = lesson;
  };
  const fresh = (): Playing => ({ position: game.start(), lessons: [] });
  const playing = Array.from({ length: games }, fresh);
  const pause = pauses(signal);
  for (let done = 0, move = 0; done < updates; move++) {
    const noise = { concentration: 1, share: 0.25, random: new Random(split(key, "noise", move)) };
    const searches = playing.map(({ position }) => new PuctSearch(game, position, { noise }));
    await searched(network, searches, simulations);
    playing.forEach((one, i) => {
      const { visits, move: most } = searches[i]!.result();
      const total = visits.reduce((a, b) => a + b, 0);
      const policy = Float64Array.from(visits, (count) => count / total);
      one.lessons.push({ position: one.position.copy(), policy });
      one.position.play(
        one.lessons.length <= drawnMoves ? proportional(policy)(random.uniform()) : most,
      );
      const { outcome } = one.position;
      if (outcome === undefined) return;
      for (const lesson of one.lessons)
        remember({ ...lesson, value: forMover(outcome, lesson.position.player) });
      playing[i] = fresh();
    });
    if (remembered.length < batch) continue;
    for (let i = 0; i < updatesPerMove && done < updates; i++, done++)
      await network.update(
        Array.from({ length: batch }, () => remembered[random.integer(remembered.length)]!),
      );
    if (!pause.due()) continue;
    report(done);
    await pause.take();
  }
}
