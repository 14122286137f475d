import { nameOutputs } from "../compile/compile.ts";
import { lower } from "../compile/lower.ts";
import { modelDef } from "../compile/model_def.ts";
import { resolveParameters } from "../compile/parameters.ts";
import { GraphError } from "../core/errors.ts";
import type { Graph, Tensor } from "../core/graph.ts";
import { type Engine, loadEngine } from "../engine/index.ts";
import { encodeModel } from "../onnx/encode.ts";
import { add, mul } from "../ops/elementwise.ts";
import { planApply, planGradient, planUpdate, type UpdatePlan } from "./plan.ts";
import {
  nextName,
  type Stage,
  shareName,
  slotName,
  sumName,
  Trainer,
  type TrainingOptions,
} from "./trainer.ts";

/**
 * Compiles a scalar loss, its gradients with respect to all parameters that it depends on, and the optimizer's
 * update into one graph; with `accumulate` into two, one for gradients and one for the update.
 * @throws GraphError when the loss is not a scalar or an operation on the way has no gradient.
 */
export async function compileTraining(loss: Tensor, options: TrainingOptions): Promise<Trainer> {
  const { graph } = loss;
  const outputs = namedOutputs(loss, options);
  const engine = await loadEngine(options);
  const values = resolveParameters("compileTraining", graph, options.parameters);
  const returned = new Map([...outputs, ["loss", loss] as const]);
  const shared = {
    loss,
    engine,
    extras: [...outputs.keys()].filter((name) => name !== "loss"),
    values,
    optimizer: options.optimizer,
  };
  if (!options.accumulate) {
    const plan = planUpdate(loss, options);
    const stage = await compileStage(graph, engine, ...updateTargets(plan, options, returned));
    return new Trainer({
      ...shared,
      plan,
      stage,
      gradientStage: undefined,
      nodeCount: stage.nodeCount,
    });
  }
  const { raw, trainable } = planGradient(loss, options);
  const [sum, share] = [graph.hidden(raw.shape), graph.hidden([1])];
  const inputNames = new Map([
    [sum, sumName],
    [share, shareName],
  ]);
  const gradientTargets = new Map([...returned, [nextName(sumName), add(sum, raw)] as const]);
  const gradientStage = await compileStage(graph, engine, gradientTargets, inputNames);
  const plan = planApply(mul(sum, share), trainable, options);
  const [targets, names] = updateTargets(plan, options, new Map());
  const stage = await compileStage(graph, engine, targets, new Map([...names, ...inputNames]));
  const nodeCount = gradientStage.nodeCount + stage.nodeCount;
  return new Trainer({ ...shared, plan, stage, gradientStage, nodeCount });
}

function namedOutputs(loss: Tensor, { outputs }: TrainingOptions): Map<string, Tensor> {
  if (outputs === undefined || outputs.length === 0) return new Map();
  const named = nameOutputs("compileTraining", outputs, loss.graph);
  for (const reserved of ["loss", "gradientNorm"]) {
    if (named.has(reserved) && named.get(reserved) !== loss) {
      throw new GraphError(`compileTraining: an output may not be called "${reserved}".`);
    }
  }
  return named;
}

/** What one update computes, by name, and the names of the inputs that only the trainer feeds. */
function updateTargets(
  plan: UpdatePlan,
  { optimizer }: TrainingOptions,
  returned: ReadonlyMap<string, Tensor>,
): [Map<string, Tensor>, Map<Tensor, string>] {
  const targets = new Map(returned);
  if (plan.norm !== undefined) targets.set("gradientNorm", plan.norm);
  plan.updated.forEach((tensor, i) => {
    targets.set(nextName(plan.trainable[i]!.name!), tensor);
  });
  const inputNames = new Map([[plan.scalars, "#scalars"]]);
  plan.slots.forEach(({ before, after }, i) => {
    const name = slotName(optimizer.slots[i]!);
    inputNames.set(before, name);
    targets.set(nextName(name), after);
  });
  return [targets, inputNames];
}

async function compileStage(
  graph: Graph,
  engine: Engine,
  targets: ReadonlyMap<string, Tensor>,
  inputNames: ReadonlyMap<Tensor, string>,
): Promise<Stage & { nodeCount: number }> {
  const {
    graph: lowered,
    inputs,
    outputNames,
  } = lower(targets, {
    inputNames,
    channelBlock: engine.channelBlock,
  });
  const nodeCount = lowered.nodes.length;
  const session = await engine.compile(encodeModel(modelDef(graph, lowered)), nodeCount);
  return { session, inputs, names: outputNames, nodeCount };
}
