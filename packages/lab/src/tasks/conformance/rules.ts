/** Checks of a family's rules as pure functions. */
import type { Random } from "../../core/index.ts";
import { demand, fieldsAreLaidOut, type Specimen, textOf } from "./check.ts";

/** States of random episodes with the instances they belong to. */
function* visited<P, I, S>(specimen: Specimen<P, I, S>, name: string, episodes: number) {
  const { rules } = specimen;
  const random = specimen.random(`${name} noise`);
  for (const instance of specimen.instances(name, episodes)) {
    let state = rules.initial(instance);
    yield { instance, state };
    for (let step = 0; step < rules.horizon && !rules.terminated(state); step++) {
      state = randomStep(specimen, instance, state, random);
      yield { instance, state };
    }
  }
}

function randomStep<P, I, S>({ rules }: Specimen<P, I, S>, instance: I, state: S, random: Random) {
  return rules.transition(instance, state, random.integer(rules.actions), random.uniform());
}

/** Rules give the same answers twice and change neither instance nor state. */
export function rulesArePure<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { rules } = specimen;
  const random = specimen.random("pure actions");
  for (const { instance, state } of visited(specimen, "pure", 30)) {
    const before = textOf([instance, state]);
    const action = random.integer(rules.actions);
    const noise = random.uniform();
    const ask = () => {
      const out = new Float32Array(rules.observationSize);
      rules.observe(instance, state, out, 0);
      return textOf([
        rules.initial(instance),
        rules.terminated(state) ? null : rules.transition(instance, state, action, noise),
        rules.reward(state),
        rules.terminated(state),
        rules.conceal(state),
        [...out],
      ]);
    };
    const first = ask();
    demand(ask() === first, "the rules gave two different answers to the same question");
    demand(textOf([instance, state]) === before, "the rules changed an instance or a state");
  }
}

/** Fields lie side by side, cover the observation, and every float of it is written and no other. */
export function observationIsLaidOut<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { rules } = specimen;
  fieldsAreLaidOut(rules);
  const padding = 5;
  for (const { instance, state } of visited(specimen, "layout", 20)) {
    const out = new Float32Array(rules.observationSize + 2 * padding).fill(Number.NaN);
    rules.observe(instance, state, out, padding);
    const inside = out.subarray(padding, padding + rules.observationSize);
    demand(inside.every(Number.isFinite), "observe leaves a float of the observation unwritten");
    const written = out.filter((value) => !Number.isNaN(value)).length;
    demand(written === rules.observationSize, "observe writes outside of the observation");
  }
}

/** Random episodes end within the horizon. */
export function episodesEnd<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { rules } = specimen;
  const random = specimen.random("end noise");
  for (const instance of specimen.instances("end", 50)) {
    let state = rules.initial(instance);
    for (let step = 0; step < rules.horizon && !rules.terminated(state); step++)
      state = randomStep(specimen, instance, state, random);
    demand(rules.terminated(state), `an episode has not ended after ${rules.horizon} steps`);
  }
}

/** A concealed state shows the same feedback whatever the reward was, and everything else as before. */
export function concealHidesReward<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { rules } = specimen;
  const shown = new Float32Array(rules.observationSize);
  const hidden = new Float32Array(rules.observationSize);
  let nothing: string | undefined;
  for (const { instance, state } of visited(specimen, "conceal", 100)) {
    rules.observe(instance, state, shown, 0);
    rules.observe(instance, rules.conceal(state), hidden, 0);
    const feedback: number[] = [];
    for (const { name, role, offset, size } of rules.observation) {
      const field = hidden.subarray(offset, offset + size);
      if (role === "feedback") feedback.push(...field);
      else
        demand(
          field.join() === shown.subarray(offset, offset + size).join(),
          `conceal changes the field ${name}, which is no feedback`,
        );
    }
    nothing ??= feedback.join();
    demand(feedback.join() === nothing, "feedback still shows in a concealed state");
  }
}

/** Why there is nothing to check about what actions pay. */
export const payingSkip = <P, I, S>({ rules }: Specimen<P, I, S>): string | undefined =>
  rules.pays ? undefined : "more happens in an episode than that actions pay";

/** Where rules say what an action pays, the reward, the end and the observation follow from that alone. */
export function payingIsAllThereIs<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { rules } = specimen;
  const random = specimen.random("paying noise");
  const first = new Float32Array(rules.observationSize);
  const shown = new Float32Array(rules.observationSize);
  for (const instance of specimen.instances("paying", 30)) {
    let state = rules.initial(instance);
    rules.observe(instance, state, first, 0);
    let last = { action: -1, reward: 0 };
    for (let step = 0; step < rules.horizon; step++) {
      demand(!rules.terminated(state), "an episode of paid actions ends before its horizon");
      rules.observe(instance, state, shown, 0);
      for (const { name, role, offset, size } of rules.observation)
        for (let i = 0; i < size; i++) {
          const stays = first[offset + i];
          const { action, reward } = last;
          const due = role === "instance" ? stays : role === "action" ? +(i === action) : reward;
          demand(shown[offset + i] === due, `the field ${name} shows more than the last action`);
        }
      const action = random.integer(rules.actions);
      const noise = random.uniform();
      state = rules.transition(instance, state, action, noise);
      last = { action, reward: +(noise < rules.pays!(instance, action)) };
      demand(rules.reward(state) === last.reward, "an action pays other than it is said to");
    }
  }
}
