/** report/document: the self-contained HTML report and the files of its figures (Node only). */
export { type FigureFile, writeFigures } from "./files.ts";
export { type StudyParts, studyParts } from "./parts.ts";
export { planStripSvg } from "./plan-strip.ts";
export { type Provenance, type ReportInput, renderReport } from "./render.ts";
export type { Answers, Question } from "./sections/answers.ts";
export type { ConditionRow } from "./sections/overview.ts";
