import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "glossary",
  title: "Glossary and sources",
  nav: { label: "Glossary", order: 90 },
  load: () => import("./Glossary.svelte"),
};
