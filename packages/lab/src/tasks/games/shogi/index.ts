/** Shogi and 5 x 5 minishogi. */
import { InputError } from "../../../core/index.ts";
import type { Game } from "../game.ts";
import { handKinds, king, letters, promoted } from "./pieces.ts";
import { ShogiPosition } from "./position.ts";
import { dropNumber, moveNumber, readMove, type ShogiRules, shogiRules } from "./rules.ts";
import { readSfen } from "./sfen.ts";

export type { ShogiPosition } from "./position.ts";

/**
 * The rules of 9 x 9: three rows of promotion; a position that occurs for the fourth time is a draw, or lost for who
 * gave check all along; no pawn may be dropped for mate; who cannot move has lost. Entering kings are not counted.
 */
export const shogi: Game<ShogiPosition> = gameOf(
  "shogi",
  shogiRules({
    columns: 9,
    rows: 9,
    zone: 3,
    repetition: 0,
    start: "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b -",
    kinds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15],
  }),
);

/** The same on 5 x 5 with six pieces each: one row of promotion, and a fourth repetition is lost for player 0. */
export const minishogi: Game<ShogiPosition> = gameOf(
  "minishogi",
  shogiRules({
    columns: 5,
    rows: 5,
    zone: 1,
    repetition: -1,
    start: "rbsgk/4p/5/P4/KGSBR b -",
    kinds: [1, 4, 5, 6, 7, 8, 9, 12, 14, 15],
  }),
);

function gameOf(id: string, rules: ShogiRules): Game<ShogiPosition> {
  const { columns, rows, cells, kinds } = rules;
  const names = kinds.map((kind) =>
    kind > king ? `+${letters[kind - promoted]}` : letters[kind]!,
  );
  const inHand = kinds.filter((kind) => kind <= handKinds).map((kind) => letters[kind]!);
  const planeNames = [
    ...names.map((name) => `own ${name}`),
    ...names.map((name) => `other's ${name}`),
    ...inHand.map((name) => `number of ${name} in own hand`),
    ...inHand.map((name) => `number of ${name} in the other's hand`),
    "1 if player 1 is to move",
  ];
  const identity = (length: number) => Array.from({ length }, (_, i) => i);
  const moves = 2 * cells * cells + handKinds * cells;
  const squareName = (cell: number) =>
    `${columns - (cell % columns)}${String.fromCharCode(97 + Math.floor(cell / columns))}`;
  const squares = new Map(identity(cells).map((cell) => [squareName(cell), cell]));
  return {
    id,
    title: id,
    size: { columns, rows },
    moves,
    planes: { channels: planeNames.length, height: rows, width: columns },
    planeNames,
    symmetries: [{ cells: identity(cells), moves: identity(moves) }],
    start(text = rules.start) {
      const setup = readSfen(text, rules);
      const position = new ShogiPosition(rules, setup);
      const turned = new ShogiPosition(rules, { ...setup, player: setup.player === 0 ? 1 : 0 });
      if (turned.inCheck)
        throw new InputError(`in the position '${text}' a king could be taken at once`);
      return position;
    },
    moveName(move) {
      const made = readMove(rules, move);
      return "drop" in made
        ? `${letters[made.drop]}*${squareName(made.to)}`
        : `${squareName(made.from)}${squareName(made.to)}${made.promote ? "+" : ""}`;
    },
    moveNamed(name) {
      const drop = /^([PLNSGBR])\*(..)$/.exec(name.trim());
      const move = /^(..)(..)(\+?)$/.exec(name.trim());
      const to = squares.get((drop ?? move)?.[2] ?? "");
      if (to === undefined) return undefined;
      if (drop) return dropNumber(rules, letters.indexOf(drop[1]!), to);
      const from = squares.get(move![1]!);
      return from === undefined ? undefined : moveNumber(rules, from, to, move![3] === "+");
    },
  };
}
