/**
 * Threefry-2x32 with 20 rounds: the keyed bijection behind splittable keys and instance hashes.
 * Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", section 4.
 */

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const parity = 0x1bd11bda;

/** Two unsigned 32-bit words, read as one 64-bit value. */
export interface Words {
  readonly high: number;
  readonly low: number;
}

/** Enciphers `counter` under `key`; each is two 32-bit words. */
export function threefry(key: Words, counterHigh: number, counterLow: number): Words {
  const schedule = [key.high | 0, key.low | 0, parity ^ key.high ^ key.low];
  let a = (counterHigh + schedule[0]!) | 0;
  let b = (counterLow + schedule[1]!) | 0;
  for (let block = 0; block < 5; block++) {
    const first = (block & 1) * 4;
    for (let round = first; round < first + 4; round++) {
      const r = rotations[round]!;
      a = (a + b) | 0;
      b = ((b << r) | (b >>> (32 - r))) ^ a;
    }
    a = (a + schedule[(block + 1) % 3]!) | 0;
    b = (b + schedule[(block + 2) % 3]! + block + 1) | 0;
  }
  return { high: a >>> 0, low: b >>> 0 };
}
