/** The board of @sabaki/go-board, whose own types are not those of what Node imports from it. */
import library from "@sabaki/go-board";

type Vertex = [number, number];

export interface GoBoard {
  /** By row and column: 1 and -1 for stones, 0 for none. */
  readonly signMap: readonly (readonly number[])[];
  get(vertex: Vertex): number | null;
  getNeighbors(vertex: Vertex): Vertex[];
  makeMove(sign: 1 | -1, vertex: Vertex, options: { preventSuicide: boolean }): GoBoard;
}

interface Library {
  fromDimensions(columns: number, rows: number): GoBoard;
}

export const emptyBoard = (columns: number, rows: number): GoBoard =>
  (library as unknown as Library).fromDimensions(columns, rows);
