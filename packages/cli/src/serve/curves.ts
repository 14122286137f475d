/** Many runs' diagnostics at once, thinned to what a plot can show; asked of the tables, not of the folders. */
import type { RunCurves } from "@mesascope/web/views";

/** Points of each run: more would fall on the same pixels. */
const points = 200;

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Answers that are kept: one for each diagnostic that somebody looks at. */
const most = 32;

/**
 * Asks for a diagnostic of every run of a study, as means within equal stretches of updates. What was asked before is
 * answered from memory for as long as no run folder changes.
 * @param data absolute path of the data folder
 */
export function curvesReader(data: string) {
  const known = new Map<string, { readonly tables: string; readonly curves: Promise<RunCurves> }>();
  return async (study: string, metric: string | undefined): Promise<RunCurves> => {
    const { refresh } = await import("@mesascope/store/tables");
    const tables = (await refresh(data)).folders.join();
    const question = JSON.stringify([study, metric ?? null]);
    const before = known.get(question);
    if (before?.tables === tables) return before.curves;
    const curves = curvesOfStudy(data, study, metric);
    if (known.size >= most) known.clear();
    known.set(question, { tables, curves });
    curves.catch(() => known.delete(question));
    return curves;
  };
}

async function curvesOfStudy(
  data: string,
  study: string,
  metric: string | undefined,
): Promise<RunCurves> {
  const { query } = await import("@mesascope/store/tables");
  const answer = await query(data, curvesQuery(study, metric));
  const rows = [];
  try {
    for await (const block of answer.blocks()) rows.push(...block);
  } finally {
    answer.close();
  }
  const [names, last, chosen, width] = rows[0] ?? [];
  const metrics = ((names ?? []) as string[]).map(String);
  if (!metrics.includes(String(chosen))) return { metrics, metric: "", update: [], runs: {} };
  const size = Math.ceil(Number(last) / Number(width));
  const runs = rows.map(([, , , , run, buckets, values]) => {
    const curve: (number | null)[] = new Array(size).fill(null);
    (buckets as number[]).forEach((bucket, i) => {
      const value = (values as (number | null)[])[i];
      curve[Number(bucket)] = value == null ? null : Number(Number(value).toPrecision(5));
    });
    return [String(run), curve] as const;
  });
  const update = Array.from({ length: size }, (_, i) =>
    Math.min((i + 1) * Number(width), Number(last)),
  );
  return { metrics, metric: String(chosen), update, runs: Object.fromEntries(runs) };
}

/** One question, since each has to see first which run folders have changed: names, length, and a curve of each run. */
function curvesQuery(study: string, metric: string | undefined): string {
  return `
    WITH own AS (SELECT run, update, metric, value FROM metrics WHERE study = ${quoted(study)}),
    facts AS (SELECT list(DISTINCT metric ORDER BY metric) AS names, max(update) AS last FROM own),
    chosen AS (
      SELECT names, last, greatest(1, ceil(last / ${points}.0))::BIGINT AS width,
        ${metric === undefined ? "CASE WHEN list_contains(names, 'loss') THEN 'loss' ELSE names[1] END" : quoted(metric)} AS metric
      FROM facts
    ),
    cells AS (
      SELECT run, ((update - 1) // width)::INTEGER AS bucket, avg(value)::FLOAT AS mean
      FROM own JOIN chosen USING (metric) GROUP BY run, bucket
    ),
    curves AS (
      SELECT run, list(bucket ORDER BY bucket) AS buckets, list(mean ORDER BY bucket) AS means
      FROM cells GROUP BY run
    )
    SELECT names, last, chosen.metric, width, run, buckets, means
    FROM chosen LEFT JOIN curves ON true ORDER BY run`;
}
