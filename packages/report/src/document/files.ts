/** The figures of a study as files. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { figuresOf } from "../catalogue/index.ts";
import { lightPalette } from "../figures/index.ts";
import { newDocument, svgText } from "./drawing.ts";
import { renderPng } from "./png.ts";

/** A figure as files. */
export interface FigureFile {
  /** File name without its ending. */
  readonly name: string;
  readonly svg: string;
  readonly png: Uint8Array;
}

/** Every figure of the study as SVG text and as PNG at twice its size, with titles and light colours. */
export function writeFigures(outcome: StudyOutcome): FigureFile[] {
  return figuresOf(outcome).map(({ name, draw }) => {
    const { svg } = draw({
      document: newDocument(),
      palette: lightPalette,
      titled: true,
      width: name === "verdicts" ? 760 : 1040,
    });
    const text = svgText(svg);
    return { name, svg: text, png: renderPng(text) };
  });
}
