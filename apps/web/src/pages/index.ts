/** Every page that has a folder here with a `page.ts`. */
import type { PageModule } from "./page.ts";

const found = import.meta.glob<{ readonly page: PageModule }>("./*/page.ts", { eager: true });

/** All pages, in the order of the navigation; those without a place in it come last. */
export const pages: readonly PageModule[] = Object.values(found)
  .map(({ page }) => page)
  .sort((a, b) => (a.nav?.order ?? Infinity) - (b.nav?.order ?? Infinity));
