/** The order of the paper's argument: what of a task makes run-time optimization pay, and what lets a base optimizer find it. */

export interface Step {
  readonly id: string;
  readonly title: string;
  /** What the conditions below it say together, in one sentence. */
  readonly says: string;
  /** Ids of conditions. */
  readonly conditions: readonly string[];
}

export interface Part {
  readonly title: string;
  readonly section: string;
  readonly steps: readonly Step[];
}

export const argument: readonly Part[] = [
  {
    title: "The task rewards it",
    section: "section 2.1",
    steps: [
      {
        id: "pays",
        title: "Optimizing at run time pays",
        says: "Bits of optimization have to be spent somewhere: the more there is to tune for, the more it pays to spend them at run time.",
        conditions: ["power", "diversity", "toy-model", "training-share", "ex-post"],
      },
      {
        id: "rules-fail",
        title: "Rules of thumb do not do",
        says: "Some tasks yield to simple rules; others are played well by those who look ahead.",
        conditions: ["simple-tasks", "dqn-lookahead"],
      },
      {
        id: "short",
        title: "Search is the shorter description",
        says: "A short program that searches can stand for a long policy that it would find.",
        conditions: ["compression", "prior-information"],
      },
      {
        id: "general",
        title: "One system, or one that models others",
        says: "General systems, and those that predict optimizers, have more use for optimization than narrow ones.",
        conditions: ["restriction", "human-modelling"],
      },
    ],
  },
  {
    title: "The base optimizer finds it",
    section: "section 2.2",
    steps: [
      {
        id: "reach",
        title: "It is within reach",
        says: "The algorithm must be among those searched over, and on a path that selection can follow.",
        conditions: ["tabular", "range", "reachability", "statefulness", "circuits"],
      },
      {
        id: "simple",
        title: "Simplicity is favoured",
        says: "Whatever presses towards short descriptions presses towards search.",
        conditions: [
          "shortest-program",
          "explicit-simplicity",
          "implicit-simplicity",
          "capacity",
          "length-penalty",
          "funnel",
        ],
      },
      {
        id: "needless",
        title: "Nothing makes it needless",
        says: "A price on run time, or a search that is built in, takes the reason away.",
        conditions: ["time-penalty", "hard-coded"],
      },
    ],
  },
  {
    title: "And beyond",
    section: "sections 2 to 4",
    steps: [
      {
        id: "elsewhere",
        title: "Other searches find it too",
        says: "Other searches, adversarial training and evolution, may produce optimizers as well.",
        conditions: ["gan", "evolution"],
      },
      {
        id: "aims",
        title: "What it then optimizes for",
        says: "Data that do not tell objectives apart leave the choice open; one that knows it is selected may hide its own.",
        conditions: ["unidentifiable", "deception"],
      },
    ],
  },
];
