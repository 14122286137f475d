import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "bandit",
  title: "Memory or search",
  nav: { label: "Memory or search", order: 40 },
  about: "Train a small network in this page, and see memorization turn into search as N grows.",
  load: () => import("./Bandit.svelte"),
};
