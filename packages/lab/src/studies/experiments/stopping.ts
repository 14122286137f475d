/** How experiments made of functions that throw when stopped answer a stop. */

/**
 * What `work` gives; undefined where it ended because `signal` was aborted.
 * @throws whatever else `work` throws.
 */
export async function unlessStopped<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
