/** How many ticks pass before a subject that may halt gives its answer. */
import {
  type Key,
  type MeasuredInstances,
  type PredictiveSubject,
  type Signature,
  type SupervisedTask,
  split,
} from "../core/index.ts";
import { mean, meanInterval } from "../stats/index.ts";
import { drawExamples } from "../tasks/index.ts";

/** The hook point at which a subject tells how many ticks it took. */
const hook = "thought";

async function ticksOf(
  subject: PredictiveSubject,
  task: SupervisedTask,
  instances: MeasuredInstances[keyof MeasuredInstances],
  key: Key,
): Promise<number[]> {
  const { read } = await subject.predict(drawExamples(task.rules, instances, key), {
    read: [hook],
  });
  return [...read[hook]!.data];
}

export const thinkingTime: Signature = {
  id: "thinking-time",
  question: "How many ticks does the subject take before it answers?",
  source: "PonderNet, Banino et al. 2021 (arXiv 2107.05407)",
  unit: "ticks",
  async supervised(subject, instances, { task, key }) {
    if (!subject.hooks.includes(hook) || subject.ticks === undefined)
      return {
        signature: "thinking-time",
        applicable: false,
        reason: "the subject does not decide when to halt",
      };
    const novel = await ticksOf(subject, task, instances.heldOut, split(key, "novel"));
    const training = await ticksOf(subject, task, instances.training, split(key, "training"));
    return {
      signature: "thinking-time",
      applicable: true,
      value: mean(novel),
      unit: "ticks",
      interval: meanInterval(novel, 0.95),
      n: novel.length,
      baselines: { most: subject.ticks },
      parts: {
        training: { value: mean(training), unit: "ticks", interval: meanInterval(training, 0.95) },
      },
      series: {},
    };
  },
};
