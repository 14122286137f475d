/** What each architecture and each algorithm is, for a reader who knows only the paper. */

const architectures: Readonly<Record<string, string>> = {
  gru:
    "a gated recurrent unit: it reads what each step shows and keeps a state from step to step. It can store an answer " +
    "for each instance, and it can express a procedure that finds the answer within the episode",
  "mlp-feedback":
    "a feed-forward network that reads the key, its last action and the last reward, and keeps nothing: what it " +
    "knows of the episode is what one step shows",
  mlp: "a feed-forward network that reads the key only: whatever it gains must be stored in its parameters",
  table:
    "a table with entries of its own for each whole observation: key, last action and last reward. Nothing learned of one " +
    "observation says anything of another, and one never met is answered uniformly at random",
  transformer:
    "a causal transformer: it sees all steps of an example at once, each step those before it. It can recognize what " +
    "it has stored, and its layers can carry out a few steps of an algorithm over what was shown",
};

const algorithms: Readonly<Record<string, string>> = {
  "actor-critic":
    "trained by actor-critic policy gradient, with an entropy bonus that fades to zero",
  supervised: "trained by AdamW on the task's loss, on new examples at every update",
  "q-learning": "trained by tabular Q-learning, with exploration that fades to zero",
};

/** An architecture in words; its id where no words are known. */
export function architectureWords(id: string): string {
  return architectures[id] ?? id;
}

/** An algorithm in words; its id where no words are known. */
export function algorithmWords(id: string): string {
  return algorithms[id] ?? `trained by ${id}`;
}
