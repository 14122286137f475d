/** The one thing that the server may write, where it is allowed to: the report of the data folder. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { RunStore } from "@mesascope/store";
import { outcomesInData, writeReport } from "../reporting.ts";
import type { World } from "../world.ts";

const digest = (text: string) => createHash("sha256").update(text).digest();

export class Writing {
  readonly #world: World;
  readonly #store: RunStore;
  readonly #token: Buffer;

  constructor(world: World, store: RunStore, token: string) {
    this.#world = world;
    this.#store = store;
    this.#token = digest(`Bearer ${token}`);
  }

  /** Whether an Authorization header holds the token; takes as long for a wrong one as for the right one. */
  knows(header: string | undefined): boolean {
    return timingSafeEqual(digest(header ?? ""), this.#token);
  }

  /** Writes the report of everything that the folder holds. */
  async report() {
    await this.#store.prepare();
    return writeReport(
      this.#world,
      this.#store.folder,
      await outcomesInData(this.#world, this.#store, { set: [] }),
    );
  }
}
