import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "run",
  title: "Runs",
  nav: { label: "Runs", order: 30 },
  load: () => import("./Run.svelte"),
};
