/** Reads values off a drawn figure: the dot nearest to the pointer, in the words of the axes. */
import { fixed, type PlacedPanel, placedPanel } from "@mesascope/report/figures";

export interface Reading {
  /** Place of the dot in pixels of the SVG's own coordinates. */
  readonly x: number;
  readonly y: number;
  readonly words: string;
}

/** How near the pointer must be, in pixels. */
const reach = 24;

/** The reading at a point of the window; undefined where no dot is near. */
export function readingAt(
  svg: SVGSVGElement,
  clientX: number,
  clientY: number,
): Reading | undefined {
  let best:
    | { readonly distance: number; readonly dot: SVGCircleElement; readonly placed: PlacedPanel }
    | undefined;
  for (const group of svg.querySelectorAll("g")) {
    const placed = placedPanel(group);
    if (!placed) continue;
    for (const dot of group.querySelectorAll("circle")) {
      const box = dot.getBoundingClientRect();
      const distance = Math.hypot(
        box.x + box.width / 2 - clientX,
        box.y + box.height / 2 - clientY,
      );
      if (distance < reach && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
        best = { distance, dot, placed };
    }
  }
  return best && read(svg, best.dot, best.placed);
}

/** Every reading of a figure from left to right, for those who have no pointer. */
export function readingsOf(svg: SVGSVGElement): Reading[] {
  return [...svg.querySelectorAll("g")]
    .flatMap((group) => {
      const placed = placedPanel(group);
      return placed
        ? [...group.querySelectorAll("circle")].map((dot) => read(svg, dot, placed))
        : [];
    })
    .sort((a, b) => a.x - b.x || b.y - a.y);
}

function read(svg: SVGSVGElement, dot: SVGCircleElement, { panel, box }: PlacedPanel): Reading {
  const local = dot.getCTM()!;
  const point = new DOMPoint(dot.cx.baseVal.value, dot.cy.baseVal.value);
  const inFigure = point.matrixTransform(local);
  const group = (dot.closest("g[font-family]") as SVGGElement).getCTM()!;
  const inPanel = inFigure.matrixTransform(group.inverse());
  const root = svg.getCTM() ?? svg.createSVGMatrix();
  const own = inFigure.matrixTransform(root.inverse());
  const [left, right] = panel.x.domain;
  const [low, high] = panel.y.domain;
  const at = left + ((inPanel.x - box.x) / box.width) * (right - left);
  const value = high - ((inPanel.y - box.y) / box.height) * (high - low);
  const tick = [...panel.x.ticks].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
  const near = tick && Math.abs(tick.at - at) < (right - left) * 0.02;
  const place = near ? tick.label : fixed(at);
  return {
    ...{ x: own.x, y: own.y },
    words: `${[panel.heading, panel.subheading].filter(Boolean).join(", ")} · ${panel.x.label.replace(/ \(.*\)$/, "")} ${place} · ${panel.y.label} ${fixed(value)}`,
  };
}
