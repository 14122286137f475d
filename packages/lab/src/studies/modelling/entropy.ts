/** How much there is to predict in sequences: entropies of whole sequences, from their frequencies. */
import type { RolloutBatch } from "../../core/index.ts";

/** Entropy in bits of the empirical distribution of words (plug-in: too small by about cells / (2 n ln 2) bits). */
function entropyOf(words: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits += (count / words.length) * Math.log2(words.length / count);
  return bits;
}

/** Entropies in bits of action sequences, of reward sequences, and what the one tells of the other. */
export function sequenceEntropies({ steps, batch, actions, rewards }: RolloutBatch): {
  readonly actions: number;
  readonly rewards: number;
  readonly mutual: number;
} {
  const wordsOf = (values: ArrayLike<number>) =>
    Array.from({ length: batch }, (_, i) =>
      Array.from({ length: steps }, (_, t) => values[t * batch + i]!).join(" "),
    );
  const [acted, paid] = [wordsOf(actions), wordsOf(rewards)];
  const of = { actions: entropyOf(acted), rewards: entropyOf(paid) };
  const joint = entropyOf(acted.map((word, i) => `${word} / ${paid[i]!}`));
  return { ...of, mutual: of.actions + of.rewards - joint };
}
