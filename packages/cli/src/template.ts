/** The study that `mesascope init` writes: valid, small, and explained where it is to be changed. */

/** Text of a study file; `schema` is where editors find the schema, as a path or an address. */
export const studyTemplate = (id: string, schema: string): string => `\
# yaml-language-server: $schema=${schema}
# The line above gives completion and checks in editors that know YAML schemas.
id: ${id}
title: Diversity on a small keyed bandit
# The condition of the paper that is tested; README.md lists them.
condition: diversity
# What the paper claims, in your words.
claim: >-
  The more distinct instances a learned algorithm must do well on, the more it pays to find each instance's
  answer at run time.
# What you chose where the paper is silent, and why.
rationale: >-
  A key of 16 signs names the instance, and which of 6 arms pays is independent of the key, so nothing but
  memory or trial can find it.
task:
  family: keyed-bandit
  # A named set of parameters; single ones are changed under it.
  form: noiseless
  parameters: { keyBits: 16 }
# Each learner is an architecture (what is searched over) and an algorithm (how it is searched).
learners:
  gru:
    architecture: gru
    parameters: { width: 32 }
    algorithm: actor-critic
    algorithmParameters: { batch: 64, learningRate: 0.005 }
  table:
    architecture: table
    algorithm: q-learning
    algorithmParameters: { batch: 64 }
# Every combination of levels is an arm. 'learner' and 'diversity' (a number of instances, or fresh) must be there;
# any parameter can be a factor too: task.arms, architecture.width, algorithm.learningRate.
factors:
  learner: [gru, table]
  diversity: [16, 16384]
# Each arm runs once with every seed: seeds are the unit of replication.
seeds: 5
budget: { updates: 2000 }
# Points of training at which learners are measured, evenly spaced on a log scale.
checkpoints: 4
measure:
  signatures: [optimization-power, novel-success, adaptation]
  episodes: 2048
# State these before the first run; the first is the main one. 'direction' is rises, falls or none, and 'margin' is
# the smallest effect that counts. Without 'from', the value of one arm is compared with zero.
predictions:
  - id: diversity
    statement: >-
      With a recurrent learner, run-time bits on new instances rise by more than 1 bit from 16 to 16,384
      distinct training instances.
    measure: optimization-power.runTime
    from: { learner: gru, diversity: 16 }
    to: { learner: gru, diversity: 16384 }
    direction: rises
    margin: 1
  - id: tabular
    statement: A table finds nothing at run time on new instances.
    measure: optimization-power.runTime
    to: { learner: table, diversity: 16384 }
    direction: none
    margin: 0.1
# What the result cannot tell apart from its cause.
notControlled:
  - Optimizer, learning rate and architecture size are one choice each.
# What a profile changes: 'start' is for a first look, 'quick' for minutes, 'full' for the result.
profiles:
  start:
    seeds: 3
    budget: { updates: 1000 }
    episodes: 1024
  quick:
    seeds: 3
  full: {}
`;
