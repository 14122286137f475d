/** Monte-Carlo tree search with random playouts: UCT (Kocsis and Szepesvari 2006). */
import type { Random } from "../../../core/index.ts";
import { forMover, type Game, type Position } from "../game.ts";
import { type SearchResult, Tree } from "./tree.ts";

export interface UctOptions {
  /** Simulations, each with one playout. */
  readonly simulations: number;
  /** Constant of the exploration term; sqrt(2) if left out. */
  readonly exploration?: number;
  readonly random: Random;
}

/** Searches from a position, which is left as it was. Every move is tried once before any is tried twice. */
export function uct(game: Game, position: Position, options: UctOptions): SearchResult {
  const { simulations, exploration = Math.SQRT2, random } = options;
  const tree = new Tree();
  const path: number[] = [];
  for (let simulation = 0; simulation < simulations; simulation++) {
    let node = 0;
    path.length = 0;
    while (position.outcome === undefined && (node === 0 || tree.visits[node]! > 0)) {
      if (tree.firstChild[node] === 0) tree.expand(node, position.moves());
      node = mostPromising(tree, node, exploration);
      path.push(node);
      position.play(tree.move[node]!);
    }
    const { outcome } = position.playout(random);
    // The value for the player who moved to the node, in turn up to the root.
    let value = 0 - forMover(outcome, position.player);
    for (let depth = path.length - 1; depth >= 0; depth--) {
      tree.visits[path[depth]!]!++;
      tree.total[path[depth]!]! += value;
      value = -value;
      position.undo();
    }
    tree.visits[0]!++;
    tree.total[0]! += value;
  }
  return tree.result(game.moves);
}

/** The child with the greatest upper confidence bound; the first that was never visited comes before all. */
function mostPromising(tree: Tree, node: number, exploration: number): number {
  const first = tree.firstChild[node]!;
  const last = first + tree.children[node]!;
  const logVisits = Math.log(tree.visits[node]!);
  let best = first;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let child = first; child < last; child++) {
    const visits = tree.visits[child]!;
    if (visits === 0) return child;
    const bound = tree.total[child]! / visits + exploration * Math.sqrt(logVisits / visits);
    if (bound > greatest) {
      greatest = bound;
      best = child;
    }
  }
  return best;
}
