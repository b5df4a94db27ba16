/** The resource graph that all packs and reports read. */
export {
  type CatalogueRow,
  carriesNoData,
  catalogueRow,
  catalogueRows,
  type PlaceSource,
  type Reference,
} from "./catalogue";
export { CHANNEL, type Channel, channelsOf } from "./channels";
export { type DatasetTerms, datasetsOf, datasetsOn } from "./datasets";
export { broken, notShown } from "./findings";
export { exportedStores } from "./flow/exported";
export { buildGraph } from "./flow/graph";
export type { DataNode, FlowEdge, Graph } from "./flow/node";
export { type Arrival, datasetsAt, type PathStep, pathTo, propagate, type Reach } from "./flow/propagate";
export { matchesGlob } from "./glob";
export { type Judgement, judge, judgeBeside, SETTINGS_RULE } from "./judge";
export { isLabelled, type Labels, labelsOnResource } from "./labels";
export { type Leaf, leavesAt, topLevel } from "./path";
export { boundaryOf, fromDeclaration, isOnlyInProgram, type Location } from "./places";
export { type Prediction, type Predictions, predictionsOf } from "./predictions";
export { readProperties } from "./probe";
export {
  compare,
  declaredProperties,
  inOrder,
  isBare,
  isCustom,
  type PlannedResource,
  packageOf,
  providerOf,
  shortName,
} from "./resource";
export type { Finding, FindingVerdict, Rule, Severity, View, Violation } from "./rule";
export {
  type Budgets,
  type EgressBudget,
  noSettings,
  parseSettings,
  type ResiliencyClass,
  type RoundTripBudget,
  resiliencyClasses,
  type Settings,
  type SettingsProblem,
} from "./settings";
export type { DatasetSummary, Summary } from "./summary";
export { tablesOf } from "./tables";
export {
  decodeWireProperties,
  decodeWireValue,
  hiddenBecause,
  isRecord,
  isSameValue,
  isSecret,
  isUnknown,
  type Properties,
  secretValue,
  UNKNOWN_SENTINELS,
  unknownValue,
  type Value,
} from "./value";
