/** Games of two players with nothing hidden: rules, exact solutions, and tree search. */

export { type ConnectFourPosition, connectFour } from "./connect-four/index.ts";
export * from "./game.ts";
export { legalNames, playMoves } from "./legal.ts";
export { countByPly, countGames, type PlyCount, perft } from "./perft.ts";
export * from "./search/index.ts";
export { parseSize } from "./size.ts";
export * from "./solution/index.ts";
export { ticTacToe } from "./tic-tac-toe/index.ts";
