/** PNG of a figure, the same on every machine: the type that KaTeX ships is used, never the system's. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Resvg } from "@resvg/resvg-js";

const fonts = join(dirname(createRequire(import.meta.url).resolve("katex")), "fonts");

const fontFiles = [
  "KaTeX_SansSerif-Regular.ttf",
  "KaTeX_SansSerif-Bold.ttf",
  "KaTeX_SansSerif-Italic.ttf",
  "KaTeX_Main-Regular.ttf",
].map((name) => join(fonts, name));

/** Characters that the shipped type has besides ASCII. */
const extra = "−–—×±≤≥≈→…“”‘’";

/** Whether the shipped type can set all of `text`. */
export function covered(text: string): boolean {
  return [...text].every((character) => character <= "~" || extra.includes(character));
}

/** Renders at `scale` times the size of the figure. */
export function renderPng(svg: string, scale = 2): Uint8Array {
  // A whole run of text would change its face for the one glyph that the sans lacks; an en dash looks the same.
  const rendered = new Resvg(svg.replaceAll("−", "–"), {
    fitTo: { mode: "zoom", value: scale },
    font: {
      // Only a name in a script that the shipped type lacks is worth a picture that differs between machines.
      loadSystemFonts: !covered(svg),
      fontFiles,
      defaultFontFamily: "KaTeX_SansSerif",
      sansSerifFamily: "KaTeX_SansSerif",
      serifFamily: "KaTeX_Main",
    },
  }).render();
  return rendered.asPng();
}
