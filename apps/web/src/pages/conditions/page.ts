import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "",
  title: "When does training produce an optimizer?",
  nav: { label: "Conditions", order: 10 },
  load: () => import("./Conditions.svelte"),
};
