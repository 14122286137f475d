/** Connect four on a plain array of columns, written without looking at the bitboards: what they are compared with. */

export class NaiveFour {
  readonly columns: string[][];
  readonly rows: number;
  turns: number[] = [];

  constructor(columns: number, rows: number) {
    this.columns = Array.from({ length: columns }, () => []);
    this.rows = rows;
  }

  at(column: number, row: number): string {
    return this.columns[column]?.[row] ?? ".";
  }

  /** Whose four in a line there is. */
  winner(): string | undefined {
    for (let column = 0; column < this.columns.length; column++)
      for (let row = 0; row < this.rows; row++)
        for (const [right, up] of [
          [1, 0],
          [0, 1],
          [1, 1],
          [1, -1],
        ] as const) {
          const line = [0, 1, 2, 3].map((i) => this.at(column + i * right, row + i * up)).join("");
          if (line === "xxxx" || line === "oooo") return line[0];
        }
    return undefined;
  }

  moves(): number[] {
    if (this.winner()) return [];
    return [...this.columns.keys()].filter((column) => this.columns[column]!.length < this.rows);
  }

  outcome(): number | undefined {
    const winner = this.winner();
    if (winner) return winner === "x" ? 1 : -1;
    return this.moves().length === 0 ? 0 : undefined;
  }

  play(column: number): void {
    this.columns[column]!.push(this.turns.length % 2 === 0 ? "x" : "o");
    this.turns.push(column);
  }

  undo(): void {
    this.columns[this.turns.pop()!]!.pop();
  }

  text(): string {
    return Array.from({ length: this.rows }, (_, i) =>
      [...this.columns.keys()].map((column) => this.at(column, this.rows - 1 - i)).join(""),
    ).join("/");
  }

  /** By plain minimax, for whoever moves. */
  value(): number {
    const outcome = this.outcome();
    if (outcome !== undefined) return this.turns.length % 2 === 0 ? outcome : -outcome;
    return Math.max(
      ...this.moves().map((move) => {
        this.play(move);
        const value = -this.value();
        this.undo();
        return value;
      }),
    );
  }
}
