/** What the page offers to pick; problems by their ids, whose code only the worker loads. */

export const functions = [
  { title: "at least two of three", formula: "a and b or b and c or a and c" },
  { title: "an odd number of four", formula: "a xor b xor c xor d" },
  { title: "if a then b else c", formula: "a and b or not a and c" },
  { title: "just one of three", formula: "(a xor b xor c) and not (a and b and c)" },
  { title: "a + 2b is more than c + 2d", formula: "b and not d or (b = d) and a and not c" },
] as const;

export const problems = [
  { id: "maze-2x2", title: "first move in a 2 x 2 maze" },
  { id: "argmax-2bit", title: "better of two given scores" },
  { id: "argmax-count", title: "better of two counted scores" },
  { id: "nim-3-1-1", title: "a small game of Nim" },
] as const;
