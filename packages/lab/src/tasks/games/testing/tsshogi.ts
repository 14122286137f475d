/** Positions of tsshogi, whose own types cannot be resolved from a module of Node's. */
import * as library from "tsshogi";

interface ReferenceMove {
  readonly usi: string;
}

export interface ReferencePosition {
  readonly checked: boolean;
  readonly sfen: string;
  createMoveByUSI(name: string): ReferenceMove | null;
  isValidMove(move: ReferenceMove): boolean;
  doMove(move: ReferenceMove): boolean;
}

interface Library {
  readonly Position: { newBySFEN(text: string): ReferencePosition | null };
}

export const referencePosition = (sfen: string): ReferencePosition =>
  (library as unknown as Library).Position.newBySFEN(sfen)!;
