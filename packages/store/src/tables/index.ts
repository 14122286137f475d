/** store/tables: DuckDB and Parquet derived from run folders; the folders stay the only truth. */
export { type Column, type Table, tables } from "./definitions.ts";
export {
  type ExportedFile,
  type ExportFormat,
  exportFormatNamed,
  exportFormats,
  exportTables,
  tableNamed,
} from "./export.ts";
export { type Answer, type AnswerColumn, query, type Value } from "./query.ts";
export { type Derived, type RefreshOptions, refresh } from "./refresh.ts";
