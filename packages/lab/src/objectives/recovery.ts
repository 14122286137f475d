/**
 * Recovery of an objective from walks: maximum-entropy inverse reinforcement learning (Ziebart et al. 2008) in its causal
 * form (Ziebart, Bagnell and Dey 2010) over a stated basis. A walker is taken to choose each move with probability
 * proportional to the exponential of what it leads to, values being soft: V = log of the sum of exp Q, nothing
 * discounted, and the walk over at either mark.
 */
import { solvePositive } from "../stats/index.ts";
import { stepFrom } from "../tasks/index.ts";
import type { Walk } from "./walks.ts";

/** The basis: worth of ending at the exit, worth of ending at the place, and worth of a step. Unit: nats. */
export interface RecoveredObjective {
  readonly exit: number;
  readonly place: number;
  readonly step: number;
  /** Standard errors of the three, from the Fisher information. */
  readonly errors: { readonly exit: number; readonly place: number; readonly step: number };
  /** exit - place: above zero where the exit is what is sought. */
  readonly preference: number;
  readonly preferenceError: number;
  /** Mean log2 probability of a move under the recovered objective; -2 is that of a random walker. */
  readonly bitsPerMove: number;
}

export interface RecoveryOptions {
  /** Moves that an episode allows. */
  readonly horizon: number;
  /** Standard deviation of the prior on each worth, in nats: keeps what was never seen to fail finite. */
  readonly prior?: number;
}

const size = 3;
const rounds = 60;

/**
 * The objective under which the walks are likeliest, with a normal prior.
 * @throws RangeError when there are no walks.
 */
export function recoverObjective(
  walks: readonly Walk[],
  { horizon, prior = 10 }: RecoveryOptions,
): RecoveredObjective {
  if (walks.length === 0) throw new RangeError("an objective is recovered from at least one walk");
  let weights = new Float64Array(size);
  let here = likelihood(walks, weights, horizon, prior);
  for (let round = 0; round < rounds; round++) {
    const step = solvePositive(here.information, here.gradient);
    // The log likelihood need not be concave in soft values: a step that does not rise is halved.
    let scale = 1;
    let next = here;
    let moved = weights;
    for (; scale > 1e-6; scale /= 2) {
      moved = weights.map((weight, i) => weight + scale * step[i]!);
      next = likelihood(walks, moved, horizon, prior);
      if (next.value >= here.value) break;
    }
    const gain = next.value - here.value;
    if (!(gain > 0)) break;
    weights = moved;
    here = next;
    if (gain < 1e-7 * Math.abs(here.value)) break;
  }
  const variance = (direction: readonly number[]) => {
    const solved = solvePositive(here.information, Float64Array.from(direction));
    return direction.reduce((sum, one, i) => sum + one * solved[i]!, 0);
  };
  const [exit, place, step] = weights as unknown as [number, number, number];
  const error = (...direction: number[]) => Math.sqrt(variance(direction));
  return {
    ...{ exit, place, step },
    errors: { exit: error(1, 0, 0), place: error(0, 1, 0), step: error(0, 0, 1) },
    preference: exit - place,
    preferenceError: error(1, -1, 0),
    bitsPerMove: here.perMove / Math.LN2,
  };
}

interface Likelihood {
  /** Log likelihood with the prior's, up to a constant, nats. */
  readonly value: number;
  readonly gradient: Float64Array;
  /** Sum of outer products of scores, and the prior's precision: `[3, 3]`. */
  readonly information: Float64Array;
  readonly perMove: number;
}

function likelihood(
  walks: readonly Walk[],
  weights: Float64Array,
  horizon: number,
  prior: number,
): Likelihood {
  let value = 0;
  let moves = 0;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    gradient[i] = -weights[i]! / prior ** 2;
    information[i * size + i] = 1 / prior ** 2;
  }
  const score = new Float64Array(size);
  for (const walk of walks) {
    const { qs, slopes } = softValues(walk, weights, horizon);
    walk.moves.forEach((move, step) => {
      const at = (step * walk.marked.maze.open.length + walk.cells[step]!) * 4;
      const [log, chosen] = logChoice(qs, at, move);
      value += log;
      moves++;
      for (let i = 0; i < size; i++) {
        let mean = 0;
        for (let m = 0; m < 4; m++) mean += chosen[m]! * slopes[(at + m) * size + i]!;
        score[i] = slopes[(at + move) * size + i]! - mean;
        gradient[i]! += score[i]!;
      }
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) information[i * size + j]! += score[i]! * score[j]!;
    });
  }
  const perMove = value / Math.max(1, moves);
  for (let i = 0; i < size; i++) value -= weights[i]! ** 2 / (2 * prior ** 2);
  return { value, gradient, information, perMove };
}

/** Log probability of a move among four, and all four probabilities. */
function logChoice(qs: Float64Array, at: number, move: number): [number, number[]] {
  const four = [qs[at]!, qs[at + 1]!, qs[at + 2]!, qs[at + 3]!];
  const most = Math.max(...four);
  const sum = four.reduce((total, q) => total + Math.exp(q - most), 0);
  const log = four[move]! - most - Math.log(sum);
  return [log, four.map((q) => Math.exp(q - most) / sum)];
}

/**
 * Soft action values `[step, cell, move]` of a walk's maze and their derivatives by the weights `[..., 3]`, by backward
 * induction over the steps that the walk took.
 */
function softValues({ marked, moves }: Walk, weights: Float64Array, horizon: number) {
  const { maze, place } = marked;
  const cells = maze.open.length;
  const qs = new Float64Array(moves.length * cells * 4);
  const slopes = new Float64Array(qs.length * size);
  let values = new Float64Array(cells);
  let valueSlopes = new Float64Array(cells * size);
  const q = new Float64Array(4);
  const slope = new Float64Array(4 * size);
  for (let step = horizon - 1; step >= 0; step--) {
    const next = new Float64Array(cells);
    const nextSlopes = new Float64Array(cells * size);
    for (let cell = 0; cell < cells; cell++) {
      for (let move = 0; move < 4; move++) {
        const to = stepFrom(maze, cell, move);
        const mark = to === maze.goal ? 0 : to === place ? 1 : -1;
        q[move] = weights[2]! + (mark < 0 ? values[to]! : weights[mark]!);
        for (let i = 0; i < size; i++) {
          const own = i === 2 || i === mark ? 1 : 0;
          slope[move * size + i] = own + (mark < 0 ? valueSlopes[to * size + i]! : 0);
        }
      }
      const most = Math.max(q[0]!, q[1]!, q[2]!, q[3]!);
      let sum = 0;
      for (let move = 0; move < 4; move++) sum += Math.exp(q[move]! - most);
      next[cell] = most + Math.log(sum);
      for (let move = 0; move < 4; move++) {
        const p = Math.exp(q[move]! - most) / sum;
        for (let i = 0; i < size; i++) nextSlopes[cell * size + i]! += p * slope[move * size + i]!;
      }
      if (step < moves.length) {
        qs.set(q, (step * cells + cell) * 4);
        slopes.set(slope, (step * cells + cell) * 4 * size);
      }
    }
    values = next;
    valueSlopes = nextSlopes;
  }
  return { qs, slopes };
}
