/** Whether there are pieces enough for anybody to give mate. */
import type { Size } from "../game.ts";
import { bishop, king, knight } from "./rules.ts";

/** Kings alone, or with one knight, or with bishops that all stand on one colour. */
export function isDead(board: Int8Array, { columns }: Size): boolean {
  let knights = 0;
  const bishops = [0, 0];
  for (let cell = 0; cell < board.length; cell++) {
    const kind = Math.abs(board[cell]!);
    if (kind === 0 || kind === king) continue;
    if (kind === knight) knights++;
    else if (kind === bishop) bishops[((cell % columns) + Math.floor(cell / columns)) % 2]!++;
    else return false;
  }
  const [light, dark] = bishops as [number, number];
  if (knights > 0) return knights === 1 && light + dark === 0;
  return light === 0 || dark === 0;
}
