/** What people and machines read of a judged plan. Everything here is computed from the plan, never from the engine. */
export { type Evidence, type EvidenceResource, evidence, evidenceJson } from "./evidence";
export { type ReportFiles, reportKinds, STANDARD_OUTPUT, unwritable, writeReports } from "./files";
export { fingerprints } from "./fingerprint";
export { type JudgedPlan, planJson, type SourcePosition } from "./judged-plan";
export { junit } from "./junit";
export { sarif } from "./sarif";
export { coloured, type Paint, plain, renderJudgement } from "./screen";
export { survey } from "./survey";
export { describeStep, describeWay } from "./way";
