/** Where pages get what they show. */
import type { Overview, StudyView } from "../../views/index.ts";

/** Either of two: a live server over a data folder, or files baked at build time. */
export interface Source {
  readonly kind: "live" | "baked";
  overview(): Promise<Overview>;
  /** @throws Error in one sentence where there is no such study. */
  study(id: string): Promise<StudyView>;
}
