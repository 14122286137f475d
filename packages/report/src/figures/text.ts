/** Fitting text without a renderer: widths are estimated, since neither a server nor a worker can measure. */

/** Width of a character in ems, after the widest of the faces, so that text fits in any of them. */
function em(character: string): number {
  if (/[iljtfI.,:;'|!()[\]]/.test(character)) return 0.38;
  if (/[mwMW%@]/.test(character)) return 0.96;
  if (/[A-Z]/.test(character)) return 0.7;
  if (character === " ") return 0.32;
  return 0.615;
}

/** Estimated width of `text` in pixels at `size`. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += em(character);
  return ems * size;
}

/** Breaks `text` between words into lines no wider than `width` pixels; a word that is wider stands alone. */
export function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

/**
 * Moves labels apart along an axis until neighbours are `gap` apart, within `[low, high]` where there is room.
 * Returns positions in the order given.
 */
export function spread(
  positions: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]!);
  const placed = [...positions];
  let floor = low;
  for (const index of order) {
    placed[index] = Math.max(placed[index]!, floor);
    floor = placed[index]! + gap;
  }
  let ceiling = high;
  for (const index of [...order].reverse()) {
    placed[index] = Math.min(placed[index]!, ceiling);
    ceiling = placed[index]! - gap;
  }
  return placed;
}
