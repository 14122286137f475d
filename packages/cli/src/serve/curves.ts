/** Many runs' diagnostics at once, thinned to what a plot can show; asked of the tables, not of the folders. */
import type { RunCurves } from "@mesascope/web/views";

/** Points of each run: more would fall on the same pixels. */
const points = 200;

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * A diagnostic of every run of a study, as means within equal stretches of updates.
 * @param data absolute path of the data folder
 */
export async function curvesOfStudy(
  data: string,
  study: string,
  metric: string | undefined,
): Promise<RunCurves> {
  const { query } = await import("@mesascope/store/tables");
  const rowsOf = async (sql: string) => {
    const answer = await query(data, sql);
    try {
      const rows = [];
      for await (const block of answer.blocks()) rows.push(...block);
      return rows;
    } finally {
      answer.close();
    }
  };
  const of = `study = ${quoted(study)}`;
  // One run tells the names and the length of all: runs of a study log alike.
  const [[names, last] = [[], 0]] = await rowsOf(
    `SELECT list(DISTINCT metric ORDER BY metric), max(update) FROM metrics WHERE ${of}`,
  );
  const metrics = ((names ?? []) as string[]).map(String);
  const chosen = metric ?? (metrics.includes("loss") ? "loss" : metrics[0]);
  if (chosen === undefined || !metrics.includes(chosen))
    return { metrics, metric: chosen ?? "", update: [], runs: {} };
  const width = Math.max(1, Math.ceil(Number(last) / points));
  const rows = await rowsOf(
    `SELECT run, list(bucket ORDER BY bucket), list(value ORDER BY bucket) FROM (
       SELECT run, ((update - 1) // ${width})::INTEGER AS bucket, avg(value)::FLOAT AS value
       FROM metrics WHERE ${of} AND metric = ${quoted(chosen)} GROUP BY run, bucket
     ) GROUP BY run ORDER BY run`,
  );
  const size = Math.ceil(Number(last) / width);
  const runs = rows.map(([run, buckets, values]) => {
    const curve: (number | null)[] = new Array(size).fill(null);
    (buckets as number[]).forEach((bucket, i) => {
      const value = (values as (number | null)[])[i];
      curve[Number(bucket)] = value == null ? null : Number(Number(value).toPrecision(5));
    });
    return [String(run), curve] as const;
  });
  const update = Array.from({ length: size }, (_, i) => Math.min((i + 1) * width, Number(last)));
  return { metrics, metric: chosen, update, runs: Object.fromEntries(runs) };
}
