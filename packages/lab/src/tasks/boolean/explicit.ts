/** The search itself as a circuit: every candidate's score is computed, the scores are compared, the best is selected. */
import {
  type Circuit,
  type CircuitOutput,
  constantWire,
  type Gate,
  inputTable,
  type TruthTable,
} from "../../core/index.ts";
import { outputBits, type TabulatedProblem } from "./problem.ts";

const and = 0b1000;
const or = 0b1110;

/** A wire and whether it is complemented; the constant wire for constants. */
type Signal = CircuitOutput;

const zero: Signal = { wire: constantWire, complement: false };
const not = ({ wire, complement }: Signal): Signal => ({ wire, complement: !complement });

/** A circuit under construction, of AND and OR gates with complements. */
class Builder {
  readonly gates: Gate[] = [];
  readonly inputs: number;

  constructor(inputs: number) {
    this.inputs = inputs;
  }

  and(a: Signal, b: Signal): Signal {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      if (one.wire === constantWire) return one.complement ? other : zero;
    let op = and;
    if (a.complement) op = ((op & 0b0101) << 1) | ((op & 0b1010) >> 1);
    if (b.complement) op = ((op & 0b0011) << 2) | ((op & 0b1100) >> 2);
    this.gates.push({ op, a: a.wire, b: b.wire });
    return { wire: this.inputs + this.gates.length - 1, complement: false };
  }

  or(a: Signal, b: Signal): Signal {
    if (a.wire === constantWire || b.wire === constantWire) return not(this.and(not(a), not(b)));
    if (a.complement || b.complement) return not(this.and(not(a), not(b)));
    this.gates.push({ op: or, a: a.wire, b: b.wire });
    return { wire: this.inputs + this.gates.length - 1, complement: false };
  }

  /** Shannon's expansion along the inputs from `j` on, with nothing shared. */
  table(table: TruthTable, j = this.inputs - 1): Signal {
    const ones = (1n << (1n << BigInt(j + 1))) - 1n;
    if (table === 0n) return zero;
    if (table === ones) return not(zero);
    const half = 1n << BigInt(j);
    const low = table & ((1n << half) - 1n);
    const high = table >> half;
    if (low === high) return this.table(low, j - 1);
    const input: Signal = { wire: j, complement: false };
    if (table === inputTable(j + 1, j)) return input;
    return this.or(
      this.and(input, this.table(high, j - 1)),
      this.and(not(input), this.table(low, j - 1)),
    );
  }

  /** Whether the first of two scores, highest bit first, is greater. */
  greater(one: readonly Signal[], other: readonly Signal[]): Signal {
    if (one.length === 0) return zero;
    const [a, b] = [one[0]!, other[0]!];
    const wins = this.and(a, not(b));
    if (one.length === 1) return wins;
    const loses = this.and(not(a), b);
    return this.or(wins, this.and(not(loses), this.greater(one.slice(1), other.slice(1))));
  }

  select(condition: Signal, one: Signal, other: Signal): Signal {
    return this.or(this.and(condition, one), this.and(not(condition), other));
  }
}

/** A circuit that searches openly; it computes the outputs of the problem. */
export function explicitSearch({ problem, scores }: TabulatedProblem): Circuit {
  const { inputs, candidates } = problem;
  const builder = new Builder(inputs.length);
  const evaluated = scores.map((bits) => bits.map((table) => builder.table(table)));
  let best = evaluated[0]!;
  let choice = outputBits(0, candidates.length).map(() => zero);
  for (let candidate = 1; candidate < candidates.length; candidate++) {
    const better = builder.greater(evaluated[candidate]!, best);
    const bits = outputBits(candidate, candidates.length);
    choice = choice.map((bit, i) => builder.select(better, bits[i] ? not(zero) : zero, bit));
    if (candidate < candidates.length - 1)
      best = best.map((bit, i) => builder.select(better, evaluated[candidate]![i]!, bit));
  }
  return { inputs: inputs.length, gates: builder.gates, outputs: choice };
}
