import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "maze",
  title: "The maze thinker",
  nav: { label: "Mazes", order: 42 },
  about: "Watch a trained network find its way tick by tick; move the goal while it thinks.",
  load: () => import("./MazeThinker.svelte"),
};
