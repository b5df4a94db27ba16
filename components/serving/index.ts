/** Models that are in memory near their users, and the way that leads users to the nearest one inside one legal bloc. */
export type {
  ServingEntryPoint,
  ServingHeader,
  ServingModel,
  ServingNetwork,
  ServingStore,
} from "./attachments";
export { FrontDoor, type FrontDoorArgs, type FrontDoorEntry, validateFrontDoor } from "./front-door";
export { ModelCache, type ModelCacheArgs, type ModelCacheCopy, validateModelCache } from "./model-cache";
export { type ColdStart, coldStart, type ModelLoad, validateModelLoad } from "./model-load";
export {
  ResidentModelService,
  type ResidentModelServiceArgs,
  type ResidentModelServicePreload,
} from "./resident-model-service";
export {
  SageMakerEndpoint,
  type SageMakerEndpointArgs,
  type SageMakerEndpointCapture,
  type SageMakerEndpointComponent,
  type SageMakerEndpointEntry,
  type SageMakerEndpointRollout,
} from "./sagemaker-endpoint";
export { ServingEntry, type ServingEntryArgs, validateServingEntry } from "./serving-entry";
export { validateResidentModelService } from "./validate-resident-model-service";
export { validateSageMakerEndpoint } from "./validate-sagemaker-endpoint";
