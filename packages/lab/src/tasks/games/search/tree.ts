/** The tree of Monte-Carlo tree search, in flat arrays: a node is a number, and its children are numbered in a row. */

/** Nodes that a tree has room for at first. */
const initialRoom = 1024;

/** A tree whose root is node 0. Totals are for the player who moved to the node. */
export class Tree {
  /** Nodes there are. */
  size = 1;
  /** First child; 0 where a node has none yet. */
  firstChild = new Int32Array(initialRoom);
  children = new Int32Array(initialRoom);
  /** Move that leads to the node. */
  move = new Int32Array(initialRoom);
  visits = new Int32Array(initialRoom);
  total = new Float64Array(initialRoom);
  prior = new Float64Array(initialRoom);

  /** Gives a node one child for each move, with equal priors. */
  expand(node: number, moves: readonly number[]): void {
    const first = this.size;
    this.#reserve(first + moves.length);
    for (let i = 0; i < moves.length; i++) {
      this.move[first + i] = moves[i]!;
      this.prior[first + i] = 1 / moves.length;
    }
    this.size += moves.length;
    this.firstChild[node] = first;
    this.children[node] = moves.length;
  }

  #reserve(size: number): void {
    if (size <= this.move.length) return;
    const room = Math.max(size, 2 * this.move.length);
    this.firstChild = grown(this.firstChild, new Int32Array(room));
    this.children = grown(this.children, new Int32Array(room));
    this.move = grown(this.move, new Int32Array(room));
    this.visits = grown(this.visits, new Int32Array(room));
    this.total = grown(this.total, new Float64Array(room));
    this.prior = grown(this.prior, new Float64Array(room));
  }

  /** Mean value of a node for the player who moved to it; 0 before its first visit. */
  mean(node: number): number {
    return this.visits[node] === 0 ? 0 : this.total[node]! / this.visits[node]!;
  }

  /** What the root's children say. */
  result(moves: number): SearchResult {
    const visits = new Float64Array(moves);
    const values = new Float64Array(moves);
    let best = -1;
    let most = -1;
    for (let i = 0; i < this.children[0]!; i++) {
      const child = this.firstChild[0]! + i;
      const move = this.move[child]!;
      visits[move] = this.visits[child]!;
      values[move] = this.mean(child);
      if (visits[move]! > most) {
        most = visits[move]!;
        best = move;
      }
    }
    return { move: best, visits, values, value: 0 - this.mean(0) };
  }
}

function grown<T extends Int32Array | Float64Array>(old: T, to: T): T {
  to.set(old);
  return to;
}

/** What a search found at the position that it was asked about. */
export interface SearchResult {
  /** The move that was visited most, the first among equals; -1 where the game is over. */
  readonly move: number;
  /** Simulations through each move of the game; 0 for illegal ones. */
  readonly visits: Float64Array;
  /** Mean value of each move for the player to move, from -1 to 1; 0 where it was not visited. */
  readonly values: Float64Array;
  /** Mean value of the position for the player to move. */
  readonly value: number;
}
