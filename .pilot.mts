import { keyOf, split } from "@mesascope/lab/core";
import { drawMeasured, signatures } from "@mesascope/lab/signatures";
import { makeTask } from "@mesascope/lab/tasks";
import { baseOptimizer } from "@mesascope/lab/training";

const [arch, n, updates, width, batch, lr, form, seed] = process.argv.slice(2);
const task = makeTask(
  "keyed-regression",
  form === "small"
    ? { dimension: 2, examples: 4, noise: 0.25, keyBits: 16 }
    : { dimension: 2, examples: 8, noise: 0.25, keyBits: 16 },
  { diversity: n === "fresh" ? "fresh" : Number(n), seed: Number(seed ?? 101) },
);
const o = baseOptimizer({
  architecture: arch!,
  architectureParameters: { width: Number(width) },
  algorithm: "supervised",
  algorithmParameters: { batch: Number(batch), learningRate: Number(lr) },
  budget: { updates: Number(updates) },
});
const checkpoints: number[] = [];
for (let u = Number(updates); u >= 50; u = Math.round(u / 2)) checkpoints.unshift(u);
const t0 = performance.now();
for await (const e of o.train(task, Number(seed ?? 101), { checkpoints })) {
  if (e.type !== "checkpoint") continue;
  const inst = drawMeasured(task as never, 1024, split(keyOf(101), "m"));
  const m = await signatures.get("optimization-power").supervised!(
    (e.learned as any).subject(),
    inst,
    { task: task as never, key: split(keyOf(101), "k") },
  );
  if (m.applicable)
    console.log(
      arch,
      n,
      e.spent.updates,
      "novel",
      m.value.toFixed(2),
      "training",
      m.parts.training!.value.toFixed(2),
      "removed",
      m.parts.tunedAblation?.value.toFixed(2),
      "ref",
      JSON.stringify(m.baselines),
      ((performance.now() - t0) / 1000).toFixed(1) + "s",
    );
}
