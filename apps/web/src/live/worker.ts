/**
 * The one worker of all live pages, so that they share its code: the thread's name says for which page it works, and
 * that page's part is loaded first.
 */
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  bandit: () => import("../pages/bandit/worker.ts"),
  circuits: () => import("../pages/circuits/worker.ts"),
  maze: () => import("../pages/maze/worker.ts"),
  model: () => import("../pages/model/worker.ts"),
};

const scope = globalThis as unknown as {
  readonly name: string;
  onmessage: ((event: MessageEvent) => void) | null;
};

// What is asked before the part is there waits for it.
const early: MessageEvent[] = [];
scope.onmessage = (event) => early.push(event);
parts[scope.name]?.().then(
  () => {
    for (const event of early) scope.onmessage?.(event);
  },
  (error: unknown) => {
    // Seen by the page as a failure of the thread.
    setTimeout(() => {
      throw error;
    });
  },
);

export {};
