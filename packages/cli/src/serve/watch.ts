/** Watches runs for their viewers: each run's folder is read once, however many look on. */
import type { MetricsLine } from "@mesascope/store";
import { readMetrics, versionOf } from "@mesascope/store";
import type { Curves, RunEvent } from "@mesascope/web/views";
import type { ServedFolder } from "./folder.ts";

/** Milliseconds between two looks at a folder. */
const pause = 500;

type Viewer = (event: RunEvent) => void;

interface Watched {
  readonly viewers: Set<Viewer>;
  readonly lines: MetricsLine[];
  next: number;
  version: string;
  run: RunEvent | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Diagnostics by column. */
export function curvesOf(lines: readonly MetricsLine[]): Curves {
  const names = new Set(lines.flatMap((line) => Object.keys(line)));
  names.delete("update");
  return {
    update: lines.map(({ update }) => update),
    values: Object.fromEntries(
      [...names].map((name) => [name, lines.map((line) => line[name] ?? null)]),
    ),
  };
}

/** The runs that are being watched. */
export class Watching {
  readonly #folder: ServedFolder;
  readonly #watched = new Map<string, Watched>();

  constructor(folder: ServedFolder) {
    this.#folder = folder;
  }

  /** Tells the viewer everything so far and then what is new, until the function returned is called. */
  watch(study: string, id: string, viewer: Viewer): () => void {
    const key = `${study}/${id}`;
    const known = this.#watched.get(key);
    const watched: Watched = known ?? {
      ...{ viewers: new Set(), lines: [], next: 0, version: "" },
      ...{ run: undefined, timer: undefined },
    };
    watched.viewers.add(viewer);
    if (known) {
      viewer({ type: "curves", curves: curvesOf(watched.lines), fresh: true });
      if (watched.run) viewer(watched.run);
    } else {
      this.#watched.set(key, watched);
      void this.#look(study, id, watched);
    }
    return () => {
      watched.viewers.delete(viewer);
      if (watched.viewers.size > 0) return;
      clearTimeout(watched.timer);
      this.#watched.delete(key);
    };
  }

  /** Ends every watch. */
  close(): void {
    for (const { timer } of this.#watched.values()) clearTimeout(timer);
    this.#watched.clear();
  }

  async #look(study: string, id: string, watched: Watched): Promise<void> {
    const tell = (event: RunEvent) => {
      for (const viewer of watched.viewers) viewer(event);
    };
    try {
      const folder = this.#folder.folderOf(study, id);
      const version = await versionOf(folder);
      if (version !== watched.version) {
        const run = await this.#folder.run(study, id);
        const tail = await readMetrics(folder, watched.next);
        if (tail.restarted) watched.lines.length = 0;
        const fresh = tail.restarted || watched.lines.length === 0;
        watched.lines.push(...tail.lines);
        watched.next = tail.next;
        watched.version = version;
        watched.run = { type: "run", run };
        if (tail.lines.length > 0 || tail.restarted)
          tell({ type: "curves", curves: curvesOf(tail.lines), fresh });
        tell(watched.run);
      }
    } catch {
      // The folder may come back: a disk that is mounted again, a run that is written anew.
      if (watched.version !== "gone")
        tell({ type: "gone", message: "the run's folder cannot be read any more" });
      Object.assign(watched, { version: "gone", next: 0, run: undefined });
      watched.lines.length = 0;
    }
    if (this.#watched.get(`${study}/${id}`) === watched)
      watched.timer = setTimeout(() => void this.#look(study, id, watched), pause);
  }
}
