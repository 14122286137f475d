/** Boolean formulas as people type them, read into truth tables. */
import { allOnes, InputError, inputTable, nearestName, type TruthTable } from "@mesascope/lab/core";

/** Most inputs of a function on this page. */
export const mostInputs = 4;

/** Names of the inputs; `x1` to `x4` are understood too. */
export const inputNames = ["a", "b", "c", "d"] as const;

/** A function of inputs `a`, `b`, ... */
export interface NamedFunction {
  readonly inputs: number;
  readonly table: TruthTable;
}

interface Token {
  readonly kind: "input" | "constant" | "operator" | "(" | ")" | "not";
  /** Number of the input, value of the constant, or name of the operator. */
  readonly value: number | string;
  readonly text: string;
  /** From 1, for messages. */
  readonly column: number;
}

/** Spellings of each operator; those of looser binding first. */
const levels = [
  { name: "xnor", spellings: ["<->", "=", "xnor", "iff"] },
  { name: "implies", spellings: ["->", "implies"] },
  { name: "or", spellings: ["||", "|", "+", "∨", "or"] },
  { name: "nor", spellings: ["nor"] },
  { name: "xor", spellings: ["^", "⊕", "xor"] },
  { name: "and", spellings: ["&&", "&", "*", "·", "∧", "and"] },
  { name: "nand", spellings: ["nand"] },
] as const;

const nots = ["!", "~", "¬", "not"];

/**
 * Reads `(a and b) xor not c`, `a&b|~c`, ... : not binds tightest, then and, xor, or, implies (to the right), equality.
 * The function has as many inputs as the last one named.
 * @throws InputError with the column and what was expected there.
 */
export function parseFormula(text: string): NamedFunction {
  const tokens = tokensOf(text);
  if (tokens.length === 0) throw new InputError("type a formula, such as a and (b or not c)");
  const named = tokens.filter(({ kind }) => kind === "input").map(({ value }) => Number(value));
  const inputs = Math.max(1, ...named.map((j) => j + 1));
  const reader = new Reader(tokens, inputs, text.length + 1);
  return { inputs, table: reader.whole() };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s+|<->|->|&&|\|\||[()=|+∨^⊕&*·∧!~¬]|[A-Za-z][A-Za-z0-9]*|[0-9]+|./gu;
  for (const { 0: word, index } of text.matchAll(pattern)) {
    if (word.trim() === "") continue;
    tokens.push({ ...meaning(word, index + 1), text: word, column: index + 1 });
  }
  return tokens;
}

function meaning(word: string, column: number): Pick<Token, "kind" | "value"> {
  const lower = word.toLowerCase();
  if (word === "(" || word === ")") return { kind: word, value: word };
  if (nots.includes(lower)) return { kind: "not", value: "not" };
  const operator = levels.find(({ spellings }) => (spellings as readonly string[]).includes(lower));
  if (operator) return { kind: "operator", value: operator.name };
  if (word === "0" || word === "1") return { kind: "constant", value: Number(word) };
  const numbered = /^x([1-9][0-9]*)$/.exec(lower);
  const input = numbered
    ? Number(numbered[1]) - 1
    : (inputNames as readonly string[]).indexOf(lower);
  if (input >= 0 && input < mostInputs) return { kind: "input", value: input };
  const known = [...inputNames, ...levels.map(({ name }) => name), "not"];
  const near = nearestName(lower, known);
  throw new InputError(
    `'${word}' is neither an input (a to d, or x1 to x4) nor an operator${near ? `; did you mean '${near}'?` : ""}`,
    { place: `column ${column}` },
  );
}

/** Recursive descent over the levels. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #inputs: number;
  readonly #ones: TruthTable;
  readonly #end: number;
  #at = 0;

  constructor(tokens: readonly Token[], inputs: number, end: number) {
    this.#tokens = tokens;
    this.#inputs = inputs;
    this.#ones = allOnes(inputs);
    this.#end = end;
  }

  whole(): TruthTable {
    const table = this.#level(0);
    if (this.#peek()) throw this.#expected("an operator or the end");
    return table;
  }

  #peek = (): Token | undefined => this.#tokens[this.#at];

  #level(depth: number): TruthTable {
    const level = levels[depth];
    if (!level) return this.#operand();
    let left = this.#level(depth + 1);
    while (this.#peek()?.value === level.name) {
      this.#at++;
      // Implication reads to the right: a -> b -> c is a -> (b -> c).
      const right = this.#level(level.name === "implies" ? depth : depth + 1);
      left = this.#apply(level.name, left, right);
    }
    return left;
  }

  #operand(): TruthTable {
    const token = this.#peek();
    if (!token) throw this.#expected("an input");
    this.#at++;
    switch (token.kind) {
      case "not":
        return this.#operand() ^ this.#ones;
      case "input":
        return inputTable(this.#inputs, Number(token.value));
      case "constant":
        return token.value === 1 ? this.#ones : 0n;
      case "(": {
        const table = this.#level(0);
        if (this.#peek()?.kind !== ")") throw this.#expected("')'");
        this.#at++;
        return table;
      }
      default:
        this.#at--;
        throw this.#expected("an input, 'not' or '('");
    }
  }

  #apply(name: (typeof levels)[number]["name"], a: TruthTable, b: TruthTable): TruthTable {
    const ones = this.#ones;
    switch (name) {
      case "and":
        return a & b;
      case "nand":
        return (a & b) ^ ones;
      case "or":
        return a | b;
      case "nor":
        return (a | b) ^ ones;
      case "xor":
        return a ^ b;
      case "xnor":
        return a ^ b ^ ones;
      case "implies":
        return (a ^ ones) | b;
    }
  }

  #expected(what: string): InputError {
    const token = this.#peek();
    return new InputError(`expected ${what}, found ${token ? `'${token.text}'` : "the end"}`, {
      place: `column ${token?.column ?? this.#end}`,
    });
  }
}
