/** The private paths of a plan: carriers, Direct Connect and the gateways behind them, as every pack reads them. */

export { hiddenBecause } from "../value";
export {
  buildingOf,
  type Carrier,
  type Circuit,
  circuitOf,
  circuitsOf,
  connectionOf,
  deviceOf,
  type End,
} from "./circuits";
export { append, byEnd } from "./groups";
export { type Noun, nounOf, virtualInterfaces } from "./nouns";
export { type Interconnect, interconnectOf, type Named } from "./plan-index";
export type { ReachedRegion } from "./reached-region";
export { edges, reachedRegions } from "./reached-regions";
export {
  asked,
  flagAt,
  numberAt,
  objectsAt,
  type Reading,
  textAt,
  toNumber,
} from "./reading";
export { type SiteEnd, siteFinder } from "./sites";
