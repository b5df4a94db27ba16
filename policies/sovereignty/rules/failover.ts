import type { DataNode } from "@hybrid-ai-fabric/graph";

const types =
  /^aws:(globalaccelerator|route53|route53recoverycontrol|arcregionswitch)\/|^aws:cloudwatch\/eventEndpoint:|^kubernetes:networking\.istio\.io\/[^:]+:DestinationRule$/;

/** What sends traffic to one of several places, and to another when that one fails. */
export function isFailover({ row, resource }: DataNode): boolean {
  return row !== undefined && resource !== undefined && types.test(resource.type);
}
