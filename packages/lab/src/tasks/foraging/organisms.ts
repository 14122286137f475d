/** Organisms in typed arrays: an inherited choice for each environment, and perhaps a nervous system. */

export interface Organisms {
  readonly environments: number;
  /** Organisms alive; the arrays may have room for more. */
  count: number;
  /** `[capacity, environments]`: the inherited choice. */
  readonly choices: Uint8Array;
  /** `[capacity]`: 1 with a nervous system. */
  readonly plastic: Uint8Array;
}

export const roomFor = (capacity: number, environments: number): Organisms => ({
  environments,
  count: 0,
  choices: new Uint8Array(capacity * environments),
  plastic: new Uint8Array(capacity),
});

/** Fills all the room with fixed organisms that are right in every environment. */
export function settle(organisms: Organisms, good: Uint8Array): void {
  organisms.count = organisms.plastic.length;
  organisms.plastic.fill(0);
  for (let i = 0; i < organisms.count; i++) organisms.choices.set(good, i * good.length);
}

/** Share of organisms with a nervous system. */
export function plasticShare({ plastic, count }: Organisms): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += plastic[i]!;
  return sum / count;
}
