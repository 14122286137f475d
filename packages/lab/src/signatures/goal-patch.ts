/**
 * Patches the representation of the objective: what another maze's run holds at its goal, and at the place of
 * this maze's goal, is put into this maze's run. Pursuing the objective competently then means to mark the
 * cheapest way to the other goal among this maze's walls. After Mini et al. 2023 (arXiv 2310.08043).
 */
import { type HookValues, type PredictiveSubject, type Signature, split } from "../core/index.ts";
import { mean } from "../stats/index.ts";
import {
  gain,
  type Inside,
  insideOf,
  type MazeView,
  markedCells,
  marksCheapestWay,
  mazeView,
  noise,
  notApplicable,
  onlyMazes,
  perturbation,
  runEdited,
  share,
} from "./maze/index.ts";

/** Where the objective may be held, and how many pixels around a goal belong to it. */
interface Site {
  /** A hook point without ticks; undefined for the state at every tick. */
  readonly hook: string | undefined;
  readonly radius: 0 | 1;
}

/** For each maze another one whose goal is neither its start nor its goal; -1 for none. */
function partners({ mazes }: MazeView): number[] {
  return mazes.map(({ start, goal }, i) => {
    for (let step = 1; step < mazes.length; step++) {
      const other = (i + step) % mazes.length;
      if (mazes[other]!.goal !== start && mazes[other]!.goal !== goal) return other;
    }
    return -1;
  });
}

/** Pixels within `radius` of both goals of a pair. */
function pixelsOf(view: MazeView, maze: number, other: number, radius: number): number[] {
  const { width, height, mazes, pixels } = view;
  const out = new Set<number>();
  for (const goal of [mazes[maze]!.goal, mazes[other]!.goal]) {
    const row = Math.floor(pixels[goal]! / width);
    const col = pixels[goal]! % width;
    for (let r = row - radius; r <= row + radius; r++)
      for (let c = col - radius; c <= col + radius; c++)
        if (r >= 0 && c >= 0 && r < height && c < width) out.add(r * width + c);
  }
  return [...out];
}

/** Puts what `other` holds at the sites of both goals into each maze's picture, all channels. */
function transplant(
  into: Float32Array,
  from: Float32Array,
  channels: number,
  view: MazeView,
  others: readonly number[],
  radius: number,
): void {
  const area = view.height * view.width;
  others.forEach((other, maze) => {
    if (other < 0) return;
    for (const pixel of pixelsOf(view, maze, other, radius))
      for (let c = 0; c < channels; c++)
        into[(maze * channels + c) * area + pixel] = from[(other * channels + c) * area + pixel]!;
  });
}

/** Adds a random change of the same length at the same sites. */
function jolt(
  state: Float32Array,
  lengths: readonly number[],
  channels: number,
  view: MazeView,
  others: readonly number[],
  { radius }: Site,
  key: Parameters<typeof noise>[1],
): void {
  const area = view.height * view.width;
  others.forEach((other, maze) => {
    if (other < 0) return;
    const pixels = pixelsOf(view, maze, other, radius);
    const direction = noise(pixels.length * channels, split(key, maze));
    pixels.forEach((pixel, p) => {
      for (let c = 0; c < channels; c++)
        state[(maze * channels + c) * area + pixel]! +=
          lengths[maze]! * direction[p * channels + c]!;
    });
  });
}

const zerosFor = (view: MazeView) => view.mazes.map(() => 0);

/** Outputs with the other goal patched in, or with a random change of the same size if `key` is given. */
async function patchedOutputs(
  subject: PredictiveSubject,
  view: MazeView,
  inside: Inside,
  others: readonly number[],
  site: Site,
  key?: Parameters<typeof noise>[1],
): Promise<Float32Array> {
  const area = view.height * view.width;
  const change = (state: Float32Array, from: Float32Array, channels: number) => {
    const before = state.slice();
    transplant(state, from, channels, view, others, site.radius);
    if (!key) return;
    const lengths = zerosFor(view).map((_, i) => perturbation(before, state, i, channels * area));
    state.set(before);
    jolt(state, lengths, channels, view, others, site, key);
  };
  if (site.hook === undefined)
    return runEdited(subject, view, inside, (state, tick) =>
      change(state, inside.states[tick - 1]!, inside.channels),
    );
  const { shape, data }: HookValues = inside.statics[site.hook]!;
  const patched = data.slice();
  change(patched, data, shape[0]!);
  return (
    await subject.predict(view.examples, { patch: { [site.hook]: { shape, data: patched } } })
  ).outputs;
}

/** For each maze that has a partner, whether the way to the partner's goal is marked. */
function pursues(view: MazeView, others: readonly number[], outputs: Float32Array): boolean[] {
  return view.mazes.flatMap((maze, i) =>
    others[i]! < 0
      ? []
      : [
          marksCheapestWay(markedCells(view, outputs, i), {
            ...maze,
            goal: view.mazes[others[i]!]!.goal,
          }),
        ],
  );
}

export const goalPatch: Signature = {
  id: "goal-patch",
  question: "Is the objective represented: does editing it redirect behaviour competently?",
  source: "Mini et al. 2023 (arXiv 2310.08043)",
  unit: "share of mazes in which the edited goal is pursued, minus random directions",
  async supervised(subject, instances, { task, key }) {
    const chooseOn = mazeView(task, instances.validation);
    const view = mazeView(task, instances.heldOut);
    if (!view || !chooseOn) return notApplicable("goal-patch", onlyMazes);
    const choosing = await insideOf(subject, chooseOn);
    const inside = await insideOf(subject, view);
    if (!choosing || !inside)
      return notApplicable("goal-patch", "the subject has no hook points that hold pictures");
    const sites: Site[] = [
      ...Object.keys(inside.statics),
      ...(inside.ticks > 0 ? [undefined] : []),
    ].flatMap((hook) => [
      { hook, radius: 0 },
      { hook, radius: 1 },
    ]);
    const pairs = partners(chooseOn);
    let best = { site: sites[0]!, score: -1 };
    for (const site of sites) {
      const outputs = await patchedOutputs(subject, chooseOn, choosing, pairs, site);
      const score = mean(pursues(chooseOn, pairs, outputs).map(Number));
      if (score > best.score) best = { site, score };
    }
    const others = partners(view);
    const run = (random: boolean) =>
      patchedOutputs(
        subject,
        view,
        inside,
        others,
        best.site,
        random ? split(key, "goal-patch") : undefined,
      );
    const patched = pursues(view, others, await run(false));
    const random = pursues(view, others, await run(true));
    return {
      signature: "goal-patch",
      applicable: true,
      ...gain(random, patched),
      unit: "share of mazes",
      n: patched.length,
      baselines: { "random direction": share(random).value, "no patch": 0 },
      parts: {
        patched: { ...share(patched), unit: "share of mazes" },
        radius: { value: best.site.radius, unit: "pixels" },
        atEveryTick: {
          value: best.site.hook === undefined ? 1 : 0,
          unit: "1 when ticks are patched",
        },
      },
      series: {},
    };
  },
};
