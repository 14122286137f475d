/** Q-learning of a game from one's own play (Mnih et al. 2015, Nature 518:529), turn about: the next player's best is one's worst. */
import { pauses, Random } from "../../core/index.ts";
import { forMover, type Position } from "../../tasks/index.ts";
import { bestByValues, type QNetwork } from "./q-network.ts";
import type { TrainingPlan } from "./self-play.ts";

/** Games in step, transitions remembered, updates for each move of all games. */
const games = 64;
const window = 20_000;
const updatesPerMove = 4;
/** Updates after which targets are worked out anew: until then the network that they come from stands still. */
const renewal = 100;
/** Share of random moves. */
const explored = 0.25;

interface Transition {
  readonly position: Position;
  readonly move: number;
  readonly next: Position;
  target: number;
}

/**
 * Plays and learns.
 * @throws the signal's reason once it is aborted.
 */
export async function learnByPlaying(
  network: QNetwork,
  { batch, updates, key, signal, report }: TrainingPlan,
): Promise<void> {
  const { game } = network;
  const random = new Random(key);
  const remembered: Transition[] = [];
  let oldest = 0;
  const playing = Array.from({ length: games }, () => game.start());
  const pause = pauses(signal);
  let renewed = 0;
  for (let done = 0; done < updates; ) {
    const thoughts = await network.think(playing);
    const added = playing.map((position, i): Transition => {
      const legal = position.moves();
      const move =
        random.uniform() < explored
          ? legal[random.integer(legal.length)]!
          : bestByValues(position, thoughts[i]!.values);
      const before = position.copy();
      position.play(move);
      return { position: before, move, next: position.copy(), target: 0 };
    });
    await aim(network, added);
    for (const one of added)
      if (remembered.length < window) remembered.push(one);
      else remembered[oldest++ % window] = one;
    playing.forEach((position, i) => {
      if (position.outcome !== undefined) playing[i] = game.start();
    });
    if (remembered.length < batch) continue;
    for (let i = 0; i < updatesPerMove && done < updates; i++, done++)
      await network.update(
        Array.from({ length: batch }, () => remembered[random.integer(remembered.length)]!),
      );
    if (done - renewed >= renewal) {
      await aim(network, remembered);
      renewed = done;
    }
    if (!pause.due()) continue;
    report(done);
    await pause.take();
  }
}

/** Works out what each move was worth, by the network as it is. */
async function aim(network: QNetwork, transitions: readonly Transition[]): Promise<void> {
  const open = transitions.filter(({ next }) => next.outcome === undefined);
  const thoughts = await network.think(open.map(({ next }) => next));
  open.forEach((one, i) => {
    const { values } = thoughts[i]!;
    one.target = -Math.max(...one.next.moves().map((move) => values[move]!));
  });
  for (const one of transitions)
    if (one.next.outcome !== undefined)
      one.target = forMover(one.next.outcome, one.position.player);
}
