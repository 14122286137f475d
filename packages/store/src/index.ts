/** store: runs on disk, in folders that any tool can read. */
export { type ArchiveOptions, openArchive, type RunStore } from "./archive.ts";
export { type Disk, replaceFile } from "./disk.ts";
export type { WaitOptions } from "./lock.ts";
export type { Holder, Processes } from "./processes.ts";
export {
  checkpointsIn,
  filesOf,
  type MetricsLine,
  type MetricsTail,
  readMetrics,
  updatesOf,
  versionOf,
} from "./progress.ts";
export type { ArrayCodec, Opening } from "./run.ts";
export { plannedRunSchema, type StudyRecord } from "./schemas.ts";
