import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "toy-model",
  title: "The toy model",
  nav: { label: "Toy model", order: 41 },
  about: "How a budget divides between tuning and search: the paper’s one formula, with sliders.",
  load: () => import("./ToyModel.svelte"),
};
