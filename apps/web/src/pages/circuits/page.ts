import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "circuits",
  title: "Minimal circuits",
  nav: { label: "Circuits", order: 43 },
  about: "Type a Boolean function, and see its smallest and its shallowest circuit, with proof.",
  load: () => import("./Circuits.svelte"),
};
