/** Positions of small games with everything known of them, parted into those that train and those that are kept apart. */
import { hashWords, type Key, Random, split } from "../../core/index.ts";
import {
  connectFour,
  type Game,
  type Position,
  type PositionKey,
  type Solution,
  solveByTable,
  ticTacToe,
} from "../../tasks/index.ts";

/** Games that can be solved outright, by name. */
export const smallGames = {
  "tic-tac-toe": (): Game => ticTacToe,
  "connect-four": (): Game => connectFour({ columns: 5, rows: 4 }),
} as const;

export type SmallGame = keyof typeof smallGames;

/** Their names, as a schema takes them. */
export const smallGameNames = Object.keys(smallGames) as [SmallGame, ...SmallGame[]];

const solved = new Map<SmallGame, { readonly game: Game; readonly solution: Solution }>();

/** The game and its solution, worked out once. */
export function solvedGame(name: SmallGame): { readonly game: Game; readonly solution: Solution } {
  let known = solved.get(name);
  if (!known) {
    const game = smallGames[name]();
    known = { game, solution: solveByTable(game) };
    solved.set(name, known);
  }
  return known;
}

/** A position in which it matters what is played. */
export interface Labelled {
  readonly position: Position;
  /** Moves that keep its value; not all that are legal. */
  readonly optimal: readonly number[];
  /** With best play, for the player to move: 1, 0 or -1. */
  readonly value: number;
  /** Moves to the end with best play. */
  readonly plies: number;
}

/** The position as it is labelled; undefined where the game is over or every legal move is as good. */
export function labelled(position: Position, solution: Solution): Labelled | undefined {
  if (position.outcome !== undefined) return undefined;
  const optimal = solution.optimalMoves(position);
  if (optimal.length === position.moves().length) return undefined;
  return { position: position.copy(), optimal, ...solution.solve(position) };
}

/** Every position that play can reach in which it matters what is played. */
export function allLabelled(game: Game, solution: Solution): Labelled[] {
  const seen = new Set<PositionKey>();
  const found: Labelled[] = [];
  const visit = (position: Position): void => {
    const key = position.key();
    if (seen.has(key) || position.outcome !== undefined) return;
    seen.add(key);
    const known = labelled(position, solution);
    if (known) found.push(known);
    for (const move of position.moves()) {
      position.play(move);
      visit(position);
      position.undo();
    }
  };
  visit(game.start());
  return found;
}

export interface Parts {
  readonly training: readonly Labelled[];
  readonly heldOut: readonly Labelled[];
}

/** Whether a position, with all its images under symmetries, is kept from training: a fifth of them are. */
function isHeldOut(position: Position): boolean {
  const key = position.canonicalKey();
  const words =
    typeof key === "number"
      ? [key >>> 0, Math.floor(key / 2 ** 32)]
      : [...key].map((letter) => letter.codePointAt(0)!);
  return hashWords(words).high < 0.2 * 2 ** 32;
}

/** Positions of a game that is small enough to be listed. */
const listed = 10_000;
/** Draws in a row that bring nothing new before a game is taken to have no more. */
const patience = 20_000;

/**
 * Distinct positions met by random play, at a depth drawn evenly. A game of which fewer are asked for training than
 * there are is parted by the hash of its positions; otherwise all of it is trained on and measured.
 */
export function drawPositions(
  name: SmallGame,
  key: Key,
  wanted: { readonly training: number; readonly heldOut: number },
): Parts {
  const { game, solution } = solvedGame(name);
  if (name === "tic-tac-toe") {
    const all = allLabelled(game, solution);
    if (wanted.training >= Math.min(listed, all.length)) return { training: all, heldOut: all };
  }
  const random = new Random(split(key, "positions"));
  const training: Labelled[] = [];
  const heldOut: Labelled[] = [];
  const seen = new Set<PositionKey>();
  for (let idle = 0; idle < patience; idle++) {
    if (training.length >= wanted.training && heldOut.length >= wanted.heldOut) break;
    const position = randomPosition(game, random);
    if (position.outcome !== undefined || seen.has(position.key())) continue;
    const part = isHeldOut(position) ? heldOut : training;
    if (part.length >= (part === heldOut ? wanted.heldOut : wanted.training)) continue;
    const known = labelled(position, solution);
    if (!known) continue;
    seen.add(position.key());
    part.push(known);
    idle = 0;
  }
  return { training, heldOut };
}

/** A position after a number of random moves, or where the game ended before. */
export function randomPosition(game: Game, random: Random): Position {
  const position = game.start();
  const plies = random.integer(game.longest ?? 20);
  for (let ply = 0; ply < plies && position.outcome === undefined; ply++) {
    const moves = position.moves();
    position.play(moves[random.integer(moves.length)]!);
  }
  return position;
}
