/** Acting by a table of action values over whole observations. */
import { type BatchPolicy, Random } from "../../core/index.ts";
import { hashRows, type ObservationTable } from "./observation-table.ts";

/** The bits of floats, as words. */
export const words = (floats: Float32Array): Int32Array =>
  new Int32Array(floats.buffer, floats.byteOffset, floats.length);

/** The largest of `count` numbers from `offset`; ties go to one of them by `u`, uniform on [0, 1). */
function bestOf(rows: Float32Array, offset: number, count: number, u: number): number {
  let best = rows[offset]!;
  let ties = 1;
  for (let a = 1; a < count; a++) {
    const value = rows[offset + a]!;
    if (value > best) {
      best = value;
      ties = 1;
    } else if (value === best) ties++;
  }
  let pick = Math.floor(u * ties);
  for (let a = 0; a < count; a++) if (rows[offset + a] === best && pick-- === 0) return a;
  return 0;
}

/** Greedy in the table; uniform where the observation was never met; random with share `exploration()`. */
export function tablePolicy(
  table: () => ObservationTable,
  actions: number,
  observationSize: number,
  exploration: () => number,
): BatchPolicy {
  let random: Random;
  return {
    hooks: [],
    begin: (_instances, { key }) => {
      random = new Random(key);
    },
    decide: (batch) => {
      const current = table();
      const hashes = hashRows(words(batch.observations()), observationSize);
      const chosen = new Int32Array(batch.size);
      const share = exploration();
      for (let i = 0; i < batch.size; i++) {
        const at = current.find(hashes[2 * i]!, hashes[2 * i + 1]!);
        const explores = share > 0 && random.uniform() < share;
        const u = random.uniform();
        chosen[i] =
          at < 0 || explores ? Math.floor(u * actions) : bestOf(current.rows, at, actions, u);
      }
      return Promise.resolve({ actions: chosen });
    },
  };
}
