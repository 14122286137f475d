/** Documents and SVG text without a browser. */
import { parseHTML } from "linkedom";

/** A fresh, empty document that makes SVG elements. */
export function newDocument(): Document {
  return parseHTML("<!doctype html><html><body></body></html>").document;
}

/** The element as text, in one line and with a stable order of attributes. */
export function svgText(svg: SVGSVGElement): string {
  return svg.outerHTML;
}
