/** Places, jurisdictions, datasets, distances and prices of a hybrid AI platform: facts and pure functions. */
export { type AsnUse, asnProblem, privateAsnText } from "./autonomous-systems";
export { type AwsRegion, awsRegion, awsRegionIds } from "./aws-regions";
export { circuitQuotas, mbpsOf } from "./circuit-quotas";
export { countryOfCloudRegion } from "./cloud-regions";
export { type BusBandwidth, busBandwidth } from "./collectives";
export {
  ANYWHERE,
  blocNames,
  countriesOfBloc,
  countriesOfGeoScope,
  countryCodes,
  countryName,
  geoScopeNames,
  geoScopes,
} from "./countries";
export { type Classification, classifications, dataKinds } from "./dataset";
export {
  type DirectConnectLocation,
  directConnectLocation,
  directConnectLocationCodes,
  directConnectLocationsOfMetro,
  metroOfDirectConnectLocation,
  metrosWithKnownLocations,
} from "./direct-connect";
export { distanceKm, type RoundTrip, roundTripMs } from "./distance";
export {
  type CardInterface,
  type EfaStyle,
  efaCardsOf,
  efaLayout,
  fullRateEfaCounts,
} from "./efa-layout";
export {
  describePlacement,
  type EndpointDemands,
  type Population,
  placeEndpoint,
} from "./endpoint-placement";
export {
  activeLayer,
  type FactTable,
  factTable,
  factTables,
  layTables,
  perLayer,
  type TableLayer,
  withTables,
} from "./fact-table";
export { type GeoZones, geoZonesFor, type TransitDemand } from "./geo-zones";
export { type GpuHost, gpuHost, gpuModels } from "./gpu-hosts";
export { awsRegionsIn, placeOfHost } from "./hosts";
export {
  efaInstanceTypeIds,
  type InstanceType,
  instanceType,
  instanceTypeIds,
  instanceTypesAsOf,
} from "./instance-types";
export {
  type BandwidthOffer,
  type BandwidthProduct,
  bandwidthOffer,
  bfdLimits,
  type FabricRouterPackage,
  fabricRouterPackage,
  fabricRouterPackageCodes,
  isSold,
  locationMbps,
  needsHundredGigPort,
  pathMtu,
  prefixQuotas,
  soldText,
} from "./interconnect-limits";
export { type EgressCost, internetOutCost } from "./internet-prices";
export { legalBloc } from "./legal-bloc";
export {
  canUseLustreOverEfa,
  hasGpuDirectStorage,
  isLustreMetadataIops,
  type LustreSize,
  lustreCapacity,
  lustreClientGbps,
  lustreMBps,
  lustreThroughputs,
  MOST_ASSOCIATIONS,
  wrongLustreCapacity,
} from "./lustre";
export { type EquinixMetro, equinixMetro, equinixMetroCodes } from "./metros";
export {
  geographyOfRegion,
  type InferenceRegions,
  inferenceRegions,
  type ModelReach,
  reachOfModel,
} from "./models";
export { editDistance, nearest } from "./nearest";
export { DEFAULT_PARTITION, isTenantPartition, partitionOf, writePartitionKey } from "./partition-key";
export {
  controlPlaneHome,
  describePlace,
  localZoneCountries,
  type Place,
  placeOfAwsRegion,
  placeOfMetro,
  placeOfZone,
} from "./place";
export {
  cheapestPlacement,
  type Placement,
  type PlacementCandidate,
  type PlacementDemand,
  type PlacementRequest,
} from "./placement";
export { isPlain, quoted } from "./plain-value";
export { directConnectOutPrice, interRegionPrice, type Price } from "./prices";
export { type Dimension, type Profile, residencyProfile, residencyProfileIds } from "./profiles";
export { crossRegionReadUsd, crossZoneReadUsd, natUsd } from "./read-costs";
export {
  type Attestation,
  allowedPlacesText,
  type Circumstances,
  exposuresToTell,
  isUnlimited,
  mayBeIn,
  parseResidency,
  type Residency,
  residencyTerms,
} from "./residency";
export { bareType, type ServingInstance, servingInstance, servingInstanceIds } from "./serving-instances";
export {
  type HostedBy,
  hasService,
  regionsOffering,
  type ServingService,
  servingOffersAsOf,
  type TypeOffer,
  typeOffer,
} from "./serving-offers";
export {
  differingRows,
  overriddenRows,
  plannedTables,
  type TableProblem,
  tableProblems,
  tablesOfPacks,
} from "./table-layer";
export { type Transfer, type TransferTime, transferHours } from "./transfer-time";
export { allOf, anyOf, type Verdict } from "./verdict";
export { hyperPodOffers, type ZoneOffer, zoneOffer, zoneOffersAsOf } from "./zone-offers";
