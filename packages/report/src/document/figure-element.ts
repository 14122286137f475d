/** A figure within a page. */

import type { NamedFigure } from "../catalogue/index.ts";
import { newDocument, svgText } from "./drawing.ts";
import { type Html, html, trusted } from "./html.ts";

const wide = 1040;
const narrow = 340;
/** Figures whose rows need no more than the measure of the text. */
const column = 760;
const inColumn = ["verdicts", "calibration"];

/** A figure drawn for wide and for narrow pages, of which one is shown. */
export function figureElement({ name, draw }: NamedFigure, id: string): Html {
  const at = (width: number, suffix: string) =>
    draw({ document: newDocument(), width, id: `${id}-${suffix}` });
  const large = at(inColumn.includes(name) ? column : wide, "wide");
  const small = at(narrow, "narrow");
  return html`<figure id="${id}">
    <figcaption><p class="figure-title">${large.title}</p><p>${large.subtitle}</p></figcaption>
    <div class="wide">${trusted(svgText(large.svg))}</div>
    <div class="narrow">${trusted(svgText(small.svg))}</div>
    <div class="below"><p class="quiet">${large.caption}</p></div>
    </figure>`;
}
