/** Long work that lets others run: whoever computes for long asks every now and then whether it is time to yield. */

/** Tells when it is time to yield, and yields. */
export interface Pauses {
  /** True when the last yield was over `milliseconds` ago; cheap enough to ask once in a thousand operations. */
  due(): boolean;
  /**
   * Lets the event loop turn once.
   * @throws the signal's reason once it is aborted.
   */
  take(): Promise<void>;
}

/** Pauses for work that may be aborted by `signal`. */
export function pauses(signal?: AbortSignal, milliseconds = 40): Pauses {
  let last = performance.now();
  return {
    due: () => performance.now() - last > milliseconds,
    async take() {
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      last = performance.now();
    },
  };
}
