/** Games of two players with nothing hidden: rules, exact solutions, and tree search. */

export { type ChessPosition, chess, minichess } from "./chess/index.ts";
export { type ConnectFourPosition, connectFour } from "./connect-four/index.ts";
export { type GameFamily, gameFamilies } from "./families.ts";
export * from "./game.ts";
export { countLegalBoards, type GoPosition, go } from "./go/index.ts";
export { legalNames, playMoves } from "./legal.ts";
export { countByPly, countGames, type PlyCount, perft } from "./perft.ts";
export * from "./search/index.ts";
export { minishogi, type ShogiPosition, shogi } from "./shogi/index.ts";
export { parseSize } from "./size.ts";
export * from "./solution/index.ts";
export { ticTacToe } from "./tic-tac-toe/index.ts";
