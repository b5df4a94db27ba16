/** What people and machines read of a judged plan. Everything here is computed from the plan, never from the engine. */
export { type Destination, parseDestination } from "./destination";
export {
  type Compared,
  type Difference,
  difference,
  isEmpty,
  renderDifference,
  renderDifferenceAsMarkdown,
} from "./diff";
export { type Evidence, type EvidenceResource, evidence, evidenceJson } from "./evidence";
export { type Explanation, explain, renderExplanation } from "./explain";
export { type ReportFiles, reportKinds, STANDARD_OUTPUT, unwritable, writeReports } from "./files";
export { fingerprints } from "./fingerprint";
export { type JudgedPlan, planJson } from "./judged-plan";
export { junit } from "./junit";
export { placesText, type Reached, reachedBy } from "./reached";
export { sarif } from "./sarif";
export { coloured, type Paint, plain, renderJudgement, shownFigure } from "./screen";
export { renderSkips, type Skip, skippableTools, skipsFor } from "./skip-list";
export { positionOf, type RegistrationFrames, type SourcePosition } from "./source-position";
export { survey } from "./survey";
export { describeStep, describeWay } from "./way";
