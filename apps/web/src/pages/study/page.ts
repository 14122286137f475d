import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "study",
  title: "Studies",
  nav: { label: "Studies", order: 20 },
  load: () => import("./Study.svelte"),
};
