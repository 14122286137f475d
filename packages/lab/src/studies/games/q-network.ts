/** A deep Q-network for games: values of all moves from the planes, by a block that may be applied several times. */
import {
  adam,
  add,
  affine,
  compileTraining,
  Graph,
  huber,
  linear,
  type Model,
  mul,
  relu,
  sum,
  type Tensor,
  type Trainer,
  tanh,
} from "@mesascope/graph";
import { type Key, Random } from "../../core/index.ts";
import type { Game, Position } from "../../tasks/index.ts";
import { planesOf } from "./policy-value.ts";

export interface QNetworkOptions {
  readonly width: number;
  /** Hidden layers with weights of their own, after the first. */
  readonly layers: number;
  /** Times that the hidden layers are applied: more than once is recurrence within a move. */
  readonly ticks: number;
  readonly learningRate: number;
  /** Transitions an update. */
  readonly batch: number;
  readonly key: Key;
}

/** What a player saw, did, and what came of it: the move's value is `target`. */
export interface QLesson {
  readonly position: Position;
  readonly move: number;
  readonly target: number;
}

/** Positions valued at once; fewer are filled up. */
const chunk = 256;

/** Values `[moves]` and what the last hidden layer held, for each position. */
export interface QThought {
  readonly values: Float32Array;
  readonly hidden: Float32Array;
}

/** The network in the course of training. */
export class QNetwork {
  readonly game: Game;
  readonly width: number;
  readonly #trainer: Trainer;
  readonly #model: Model;
  readonly #options: QNetworkOptions;

  private constructor(game: Game, options: QNetworkOptions, trainer: Trainer, model: Model) {
    this.game = game;
    this.width = options.width;
    this.#options = options;
    this.#trainer = trainer;
    this.#model = model;
  }

  static async create(game: Game, options: QNetworkOptions): Promise<QNetwork> {
    const { batch } = options;
    const { values } = build(game, options, batch, options.ticks);
    const { graph } = values;
    const chosen = graph.input("chosen", [batch, game.moves]);
    const target = graph.input("target", [batch]);
    const loss = huber(sum(mul(values, chosen), { axes: [1] }), target);
    const trainer = await compileTraining(loss, {
      optimizer: adam({ learningRate: options.learningRate }),
      clipNorm: 1,
    });
    return new QNetwork(game, options, trainer, await model(game, options, trainer, options.ticks));
  }

  async update(lessons: readonly QLesson[]): Promise<void> {
    const { batch } = this.#options;
    const { moves } = this.game;
    const chosen = new Float32Array(batch * moves);
    lessons.forEach(({ move }, i) => {
      chosen[i * moves + move] = 1;
    });
    const target = Float32Array.from(lessons, (lesson) => lesson.target);
    const positions = lessons.map(({ position }) => position);
    await this.#trainer.update({ planes: planesOf(this.game, positions, batch), chosen, target });
  }

  /** Thoughts by the number of ticks that was trained. */
  think(positions: readonly Position[]): Promise<QThought[]> {
    return this.#through(this.#model, positions);
  }

  /** The same network with its hidden layers applied another number of times. */
  async withTicks(ticks: number): Promise<(positions: readonly Position[]) => Promise<QThought[]>> {
    const other = await model(this.game, this.#options, this.#trainer, ticks);
    return (positions) => this.#through(other, positions);
  }

  async #through(model: Model, positions: readonly Position[]): Promise<QThought[]> {
    const { moves } = this.game;
    const found: QThought[] = [];
    for (let start = 0; start < positions.length; start += chunk) {
      const part = positions.slice(start, start + chunk);
      const { values, hidden } = await model.run({ planes: planesOf(this.game, part, chunk) });
      part.forEach((_, i) => {
        found.push({
          values: (values as Float32Array).slice(i * moves, (i + 1) * moves),
          hidden: (hidden as Float32Array).slice(i * this.width, (i + 1) * this.width),
        });
      });
    }
    return found;
  }
}

function model(game: Game, options: QNetworkOptions, trainer: Trainer, ticks: number) {
  const { values, hidden } = build(game, options, chunk, ticks);
  return trainer.compile([values, hidden]);
}

function build(game: Game, { width, layers, key }: QNetworkOptions, batch: number, ticks: number) {
  const { channels, height, width: columns } = game.planes;
  const graph = new Graph();
  const random = new Random(key);
  const draw = { random: () => random.uniform() };
  const planes = graph.input("planes", [batch, channels * height * columns]);
  const seen = linear(graph, planes, { name: "seen", width, ...draw });
  const bound = 1 / Math.sqrt(width);
  const blocks = Array.from({ length: layers }, (_, layer) => ({
    weight: graph.parameter(`block.${layer}.weight`, [width, width], (size) =>
      Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * bound),
    ),
    bias: graph.parameter(`block.${layer}.bias`, [width]),
  }));
  let hidden: Tensor = relu(seen);
  for (let tick = 0; tick < ticks; tick++)
    // What is seen is added again, as recall is in thinking networks (Bansal et al. 2022, arXiv 2202.05826).
    for (const { weight, bias } of blocks) hidden = relu(add(affine(hidden, weight, bias), seen));
  const values = tanh(linear(graph, hidden, { name: "values", width: game.moves, ...draw }));
  return { values: values.as("values"), hidden: hidden.as("hidden") };
}

/** The legal move with the largest value. */
export function bestByValues(position: Position, values: ArrayLike<number>): number {
  return position.moves().reduce((best, move) => (values[move]! > values[best]! ? move : best));
}
