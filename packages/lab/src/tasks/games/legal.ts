/** Moves from outside: their names, checked against the rules. */
import { InputError, nearestName } from "../../core/index.ts";
import type { Game, Position } from "./game.ts";

/** Names of the legal moves of a position. */
export const legalNames = (game: Game, position: Position): string[] =>
  position.moves().map((move) => game.moveName(move));

/**
 * Plays moves by name.
 * @throws InputError for the first that is no move of the game, or not legal where it stands.
 */
export function playMoves(game: Game, position: Position, names: readonly string[]): void {
  for (const [i, name] of names.entries()) {
    const move = game.moveNamed(name);
    if (move !== undefined && position.moves().includes(move)) {
      position.play(move);
      continue;
    }
    const what = move === undefined ? "is no move of this game" : "is not legal";
    throw new InputError(
      `move ${i + 1}, '${name}', ${what} in ${position.text()}; ${instead(game, position, name)}`,
    );
  }
}

function instead(game: Game, position: Position, name: string): string {
  const legal = legalNames(game, position);
  if (legal.length === 0) return "the game is over";
  const near = nearestName(name, legal);
  return near === undefined ? `legal is, for example, '${legal[0]}'` : `did you mean '${near}'?`;
}
