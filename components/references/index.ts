export type {
  ExportedGateway,
  ExportedHolding,
  ExportedHoldings,
  ExportedModel,
  ExportedNetwork,
  ExportedSubnet,
  ExportedTrainingStore,
  FabricOutputs,
} from "./fabric-outputs";
export { FabricReference, type FabricReferenceArgs, validateFabricReference } from "./fabric-reference";
export { type Exports, outputsOf, requiredOutput, type StackOutputs } from "./stack-outputs";
