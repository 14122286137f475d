/** The axis of diversity: N on a log2 scale, `fresh` apart at the right after a break. */
import type { Diversity } from "@mesascope/lab/core";
import { count, diversityLabel } from "./format.ts";
import { textWidth } from "./text.ts";

/** A horizontal axis: where ticks are, what they say, and which labels matter most where few fit. */
export interface AxisX {
  readonly domain: readonly [number, number];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly label: string;
  /** Where the axis is broken, if it is. */
  readonly gap?: readonly [number, number];
}

export interface DiversityAxis extends AxisX {
  position(diversity: Diversity): number;
  /** Where a number of instances lies that need not be one of the levels; past the largest it lies in the break. */
  between(instances: number): number;
}

/** Doublings between the largest N and `fresh`. */
const apart = 2.4;
const margin = 0.9;

/** The axis for the diversities of a study. */
export function diversityAxis(diversities: readonly Diversity[]): DiversityAxis {
  const finite = diversities.filter((diversity) => diversity !== "fresh").map((n) => Math.log2(n));
  const low = finite.length === 0 ? 0 : Math.min(...finite);
  const last = finite.length === 0 ? 0 : Math.max(...finite);
  const fresh = finite.length === 0 ? 0 : last + apart;
  const position = (diversity: Diversity) => (diversity === "fresh" ? fresh : Math.log2(diversity));
  const thousands = diversities.some((n) => shortLabel(n).endsWith("k"));
  const broken = diversities.includes("fresh") && finite.length > 0;
  return {
    domain: [low - margin, (diversities.includes("fresh") ? fresh : last) + margin],
    ticks: diversities.map((diversity) => ({
      at: position(diversity),
      label: shortLabel(diversity),
    })),
    label: `distinct training instances N${thousands ? " (1k = 1,024)" : ""}`,
    ...(broken ? { gap: [last + apart / 2 - 0.25, last + apart / 2 + 0.25] as const } : {}),
    position,
    between: (instances) => {
      const at = Math.log2(instances);
      return broken && at > last ? last + apart / 2 : at;
    },
  };
}

/** Powers of two are exact in short: 16k is 16,384. */
function shortLabel(diversity: Diversity): string {
  const binary = diversity !== "fresh" && diversity >= 1024 && diversity % 1024 === 0;
  return binary ? `${count(diversity / 1024)}k` : diversityLabel(diversity);
}

/** The axis of environment steps, from 1. */
export function stepAxis(steps: number): AxisX {
  const every = steps <= 10 ? 1 : steps <= 24 ? 4 : 10;
  const ticks = [];
  for (let step = 1; step <= steps; step++) {
    if (step === 1 || step % every === 0) ticks.push({ at: step, label: String(step) });
  }
  return { domain: [0.7, steps + 0.3], ticks, label: "step of the episode" };
}

/** The axis of updates on a log2 scale; a checkpoint before the first update stands one doubling below the next. */
export function updateAxis(
  updates: readonly number[],
): AxisX & { position(update: number): number } {
  const positive = updates.filter((update) => update > 0);
  const first = positive.length === 0 ? 0 : Math.log2(positive[0]!);
  const position = (update: number) => (update > 0 ? Math.log2(update) : first - 1);
  const all = updates.map(position);
  return {
    domain: [Math.min(...all) - 0.35, Math.max(...all) + 0.35],
    ticks: updates.map((update) => ({ at: position(update), label: diversityLabel(update) })),
    label: "updates",
    position,
  };
}

/** The ticks whose labels fit side by side: the ends first, then the rest from the left. */
export function labelled(axis: AxisX, width: number, size: number): AxisX["ticks"] {
  const [low, high] = axis.domain;
  const x = (at: number) => ((at - low) / (high - low)) * width;
  const kept: AxisX["ticks"][number][] = [];
  const fits = (tick: AxisX["ticks"][number]) =>
    kept.every(
      (other) =>
        Math.abs(x(tick.at) - x(other.at)) >=
        (textWidth(tick.label, size) + textWidth(other.label, size)) / 2 + 3,
    );
  const { ticks } = axis;
  const priority = [ticks[0], ticks.at(-1), ...ticks.slice(1, -1)];
  for (const tick of priority)
    if (tick !== undefined && !kept.includes(tick) && fits(tick)) kept.push(tick);
  return kept;
}
