/** The resource graph that all packs and reports read. */
export { type CatalogueRow, carriesNoData, catalogueRow, catalogueRows } from "./catalogue";
export { type DatasetTerms, datasetsOf, datasetsOn } from "./datasets";
export { broken, notShown } from "./findings";
export { matchesGlob } from "./glob";
export { buildGraph, type DataNode, type FlowEdge, type Graph } from "./graph";
export { type Judgement, judge, SETTINGS_RULE } from "./judge";
export { isLabelled, type Labels } from "./labels";
export { boundaryOf, fromDeclaration, isOnlyInProgram, type Location } from "./location";
export { type Leaf, leavesAt } from "./path";
export { type Prediction, type Predictions, predictionsOf } from "./predictions";
export { readProperties } from "./probe";
export { type Arrival, type PathStep, pathTo, propagate, type Reach } from "./propagate";
export {
  compare,
  declaredProperties,
  inOrder,
  isCustom,
  type PlannedResource,
  packageOf,
  shortName,
} from "./resource";
export type { Finding, FindingVerdict, Rule, Severity, View, Violation } from "./rule";
export {
  type Budgets,
  noSettings,
  parseSettings,
  type ResiliencyClass,
  type RoundTripBudget,
  resiliencyClasses,
  type Settings,
  type SettingsProblem,
} from "./settings";
export type { DatasetSummary, Summary } from "./summary";
export {
  decodeWireProperties,
  decodeWireValue,
  isRecord,
  isSecret,
  isUnknown,
  type Properties,
  secretValue,
  UNKNOWN_SENTINELS,
  unknownValue,
  type Value,
} from "./value";
