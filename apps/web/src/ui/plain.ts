/** A figure as a page shows it. */
import type { Figure } from "@mesascope/report/figures";

/** The figure without the names that marks have by their kind: its own words say what it shows. */
export function plain(figure: Figure): Figure {
  for (const mark of figure.svg.querySelectorAll("g[aria-label]"))
    mark.removeAttribute("aria-label");
  return figure;
}
