/** A feed-forward network that sees a position and gives moves and a value: what a reactive player consists of. */
import {
  adam,
  add,
  compileTraining,
  Graph,
  logSoftmax,
  type Model,
  mean,
  mlp,
  mse,
  mul,
  neg,
  relu,
  slice,
  sum,
  type Trainer,
  tanh,
} from "@mesascope/graph";
import { type Key, Random } from "../../core/index.ts";
import type { Evaluation, Game, Position } from "../../tasks/index.ts";

export interface PolicyValueOptions {
  readonly width: number;
  readonly layers: number;
  readonly learningRate: number;
  /** Positions an update. */
  readonly batch: number;
  readonly key: Key;
}

/** What a position teaches: a distribution over the game's moves, and a value from -1 to 1. */
export interface Lesson {
  readonly position: Position;
  readonly policy: ArrayLike<number>;
  readonly value: number;
}

/** Positions evaluated at once; fewer are filled up. */
const chunk = 256;

/** Policy and value, trained side by side. */
export class PolicyValue {
  readonly game: Game;
  readonly #trainer: Trainer;
  readonly #model: Model;
  readonly #batch: number;

  private constructor(game: Game, trainer: Trainer, model: Model, batch: number) {
    this.game = game;
    this.#trainer = trainer;
    this.#model = model;
    this.#batch = batch;
  }

  static async create(game: Game, options: PolicyValueOptions): Promise<PolicyValue> {
    const { batch, learningRate } = options;
    const { logits, value } = outputsOf(game, options, batch);
    const { graph } = logits;
    const policy = graph.input("policy", [batch, game.moves]);
    const worth = graph.input("worth", [batch, 1]);
    const taught = neg(mean(sum(mul(policy, logSoftmax(logits)), { axes: [1] })));
    const trainer = await compileTraining(add(taught, mse(value, worth)), {
      optimizer: adam({ learningRate }),
      clipNorm: 1,
    });
    const forward = outputsOf(game, options, chunk);
    const model = await trainer.compile([forward.logits, forward.value]);
    return new PolicyValue(game, trainer, model, batch);
  }

  /** One update on as many lessons as the batch holds. @returns the loss before it. */
  async update(lessons: readonly Lesson[]): Promise<number> {
    const { moves } = this.game;
    const policy = new Float32Array(this.#batch * moves);
    lessons.forEach((lesson, i) => {
      policy.set(lesson.policy, i * moves);
    });
    const worth = Float32Array.from(lessons, ({ value }) => value);
    const positions = lessons.map(({ position }) => position);
    const { loss } = await this.#trainer.update({
      planes: planesOf(this.game, positions, this.#batch),
      policy,
      worth,
    });
    return loss;
  }

  /** Priors over the game's moves (softmax of the logits) and a value, for each position. */
  async evaluate(positions: readonly Position[]): Promise<Evaluation[]> {
    const { moves } = this.game;
    const found: Evaluation[] = [];
    for (let start = 0; start < positions.length; start += chunk) {
      const part = positions.slice(start, start + chunk);
      const { logits, value } = await this.#model.run({ planes: planesOf(this.game, part, chunk) });
      part.forEach((_, i) => {
        const row = (logits as Float32Array).subarray(i * moves, (i + 1) * moves);
        const most = Math.max(...row);
        found.push({
          priors: Float64Array.from(row, (one) => Math.exp(one - most)),
          value: (value as Float32Array)[i]!,
        });
      });
    }
    return found;
  }

  /** Values alone. */
  async values(positions: readonly Position[]): Promise<number[]> {
    return (await this.evaluate(positions)).map(({ value }) => value);
  }
}

function outputsOf(game: Game, { width, layers, key }: PolicyValueOptions, batch: number) {
  const { channels, height, width: columns } = game.planes;
  const graph = new Graph();
  const random = new Random(key);
  const x = graph.input("planes", [batch, channels * height * columns]);
  const out = mlp(graph, x, {
    widths: [...new Array<number>(layers).fill(width), game.moves + 1],
    activation: relu,
    random: () => random.uniform(),
  });
  const part = (from: number, to: number) => slice(out, [from], [to], [1]);
  return {
    logits: part(0, game.moves).as("logits"),
    value: tanh(part(game.moves, game.moves + 1)).as("value"),
  };
}

/** Planes `[batch, channels x height x width]`, zero where there are fewer positions. */
export function planesOf(game: Game, positions: readonly Position[], batch: number): Float32Array {
  const { channels, height, width } = game.planes;
  const size = channels * height * width;
  const planes = new Float32Array(batch * size);
  positions.forEach((position, i) => {
    position.encode(planes, i * size);
  });
  return planes;
}

/** The legal move with the largest prior. */
export function bestByPriors(position: Position, { priors }: Pick<Evaluation, "priors">): number {
  return position.moves().reduce((best, move) => (priors[move]! > priors[best]! ? move : best));
}
