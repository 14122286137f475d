/** A server over a data folder (`mesascope serve`); what no run changes is baked with the pages. */
import {
  fromText,
  type Overview,
  type RunBrief,
  type RunEvent,
  type StudyView,
} from "../../views/index.ts";
import { baked } from "./baked.ts";
import { json, Unreachable } from "./fetching.ts";
import type { Source } from "./source.ts";

const at = (...parts: readonly string[]) => parts.map(encodeURIComponent).join("/");

/** What was baked with the pages, where no server answers any more: they open without it, too. */
const orBaked =
  <T>(baked: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (error instanceof Unreachable) return baked();
    throw error;
  };

/** Runs of the folder; those of committed results where the folder has none of the study. */
async function runs(study: string): Promise<readonly RunBrief[]> {
  const own = await json<readonly RunBrief[]>(`api/runs?study=${encodeURIComponent(study)}`);
  return own.length > 0 ? own : baked.runs(study);
}

export const live: Source = {
  ...baked,
  kind: "live",
  overview: () => json<Overview>("api/overview").catch(orBaked(baked.overview)),
  study: (id) => json<StudyView>(`api/studies/${at(id)}`).catch(orBaked(() => baked.study(id))),
  runs,
  run: (study, id) =>
    json(`api/runs/${at(study, id)}`).catch(() => baked.run(study, id)) as ReturnType<
      Source["run"]
    >,
  folder: {
    curves: (study, metric) =>
      json(
        `api/studies/${at(study)}/curves${metric ? `?metric=${encodeURIComponent(metric)}` : ""}`,
      ),
    watch(study, run, told) {
      const events = new EventSource(`api/runs/${at(study, run)}/events`);
      const hear = (event: MessageEvent<string>) => told(fromText<RunEvent>(event.data));
      for (const type of ["curves", "run", "gone"]) events.addEventListener(type, hear);
      return () => events.close();
    },
    instance: (study, run, index) => json(`api/runs/${at(study, run)}/instance?index=${index}`),
    file: (study, run, name) => `api/runs/${at(study, run)}/files/${at(name)}`,
  },
};
