/** Long work in short stretches: between them events are served and an abort is noticed. */

/** Milliseconds of work at a stretch. */
const stretch = 40;

/**
 * Makes a function that runs a generator, passing on its yields, and gives way to other work every 40 ms.
 * @throws the signal's reason once it is aborted.
 */
export function breathing(
  signal: AbortSignal | undefined,
): (work: Iterable<void>) => AsyncGenerator<void> {
  let begun = performance.now();
  return async function* breathe(work) {
    for (const _ of work) {
      if (performance.now() - begun < stretch) {
        yield;
        continue;
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      begun = performance.now();
      yield;
    }
  };
}
