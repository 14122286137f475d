/** Board sizes as they come from outside. */
import { InputError } from "../../core/index.ts";
import type { Size } from "./game.ts";

/**
 * Reads `7x6` (columns x rows), or `5` for 5 x 5.
 * @throws InputError for anything else.
 */
export function parseSize(text: string, place?: string): Size {
  const found = /^(\d{1,3})(?:x(\d{1,3}))?$/i.exec(text.trim());
  if (!found)
    throw new InputError(
      `a size is columns x rows, such as 7x6, or one number for a square board, not '${text}'`,
      place === undefined ? {} : { place },
    );
  const columns = Number(found[1]);
  return { columns, rows: found[2] === undefined ? columns : Number(found[2]) };
}
