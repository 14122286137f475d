/** A small study as YAML, for tests to spoil. */

/** Two learners, two diversities, two seeds: eight runs of sixty updates. */
export const studyText = `id: small-study
title: A small study
condition: diversity
claim: The more instances there are, the more it pays to search.
rationale: Nothing here is measured, it only has to be run.
task:
  family: keyed-bandit
  form: noiseless
learners:
  gru:
    architecture: gru
    algorithm: actor-critic
  table:
    architecture: table
    algorithm: q-learning
factors:
  learner: [gru, table]
  diversity: [1, 16]
seeds: 2
budget: { updates: 60 }
checkpoints: 2
measure:
  signatures: [optimization-power, novel-success]
  episodes: 16
predictions:
  - id: diversity
    statement: Run-time bits rise from one instance to sixteen.
    measure: optimization-power.runTime
    from: { learner: gru, diversity: 1 }
    to: { learner: gru, diversity: 16 }
    direction: rises
    margin: 1
thresholds:
  - { measure: optimization-power.runTime, learner: gru, level: 0.5 }
notControlled:
  - Nothing is controlled here at all.
profiles:
  start: { seeds: 1 }
  quick: {}
  full: { seeds: 3 }
`;
