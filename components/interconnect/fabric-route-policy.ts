import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../problems";
import { fabricName } from "./names";

/** What a circuit of a Cloud Router may learn and announce. */
export interface FabricRoutePolicyArgs {
  /** Id of the circuit at Equinix. */
  circuitId: pulumi.Input<string>;
  /** Id of the Equinix project that pays for it. */
  projectId: pulumi.Input<string>;
  /** IPv4 prefixes that the router may learn over the circuit. Default: all. */
  inbound?: FabricRoutePolicyPrefix[];
  /** IPv4 prefixes that the router may announce over the circuit. Default: all. */
  outbound?: FabricRoutePolicyPrefix[];
  /** IPv4 prefixes that the router announces in place of the longer ones inside them. Default: none. */
  aggregates?: string[];
}

/** A prefix of a filter. */
export interface FabricRoutePolicyPrefix {
  /** IPv4 prefix that the policy speaks of. */
  prefix: string;
  /** Takes longer prefixes inside it too. Default: false, this very one. */
  orLonger?: boolean;
}

export class FabricRoutePolicy extends pulumi.ComponentResource {
  /** Ids of the filters by direction. */
  public readonly filterIds: pulumi.Output<{ [direction: string]: string }>;

  constructor(name: string, args: FabricRoutePolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricRoutePolicy", name, args, opts);
    refuse("FabricRoutePolicy", validateFabricRoutePolicy(args));
    const child = { parent: this };
    const project = { projectId: args.projectId };
    const filters = [
      ...(args.inbound ? [filter("in", "INBOUND", args.inbound)] : []),
      ...(args.outbound ? [filter("out", "OUTBOUND", args.outbound)] : []),
    ];
    if (args.aggregates) aggregate(args.aggregates);
    this.filterIds = pulumi.all(filters).apply((entries) => Object.fromEntries(entries));
    this.registerOutputs({ filterIds: this.filterIds });

    function filter(role: string, direction: string, prefixes: FabricRoutePolicyPrefix[]) {
      const routeFilter = new equinix.FabricRouteFilter(
        `${name}-${role}`,
        { name: fabricName(`${name}-${role}`), type: "BGP_IPv4_PREFIX_FILTER", project },
        child,
      );
      for (const { prefix, orLonger } of prefixes) {
        const key = `${name}-${role}-${prefix.replace(/[./]/g, "-")}`;
        new equinix.FabricRouteFilterRule(
          key,
          {
            name: fabricName(key),
            routeFilterId: routeFilter.uuid,
            prefix,
            prefixMatch: orLonger === true ? "orlonger" : "exact",
          },
          child,
        );
      }
      new equinix.FabricConnectionRouteFilter(
        `${name}-${role}`,
        { connectionId: args.circuitId, routeFilterId: routeFilter.uuid, direction },
        child,
      );
      return routeFilter.uuid.apply((id) => [role, id] as const);
    }

    function aggregate(prefixes: string[]): void {
      const aggregation = new equinix.FabricRouteAggregation(
        `${name}-sum`,
        { name: fabricName(`${name}-sum`), type: "BGP_IPv4_PREFIX_AGGREGATION", project },
        child,
      );
      for (const prefix of prefixes) {
        const key = `${name}-sum-${prefix.replace(/[./]/g, "-")}`;
        new equinix.FabricRouteAggregationRule(
          key,
          { name: fabricName(key), routeAggregationId: aggregation.uuid, prefix },
          child,
        );
      }
      new equinix.FabricConnectionRouteAggregation(
        `${name}-sum`,
        { connectionId: args.circuitId, routeAggregationId: aggregation.uuid },
        child,
      );
    }
  }
}

/** A filter without a prefix would stop every route. */
export function validateFabricRoutePolicy({ inbound, outbound, aggregates }: FabricRoutePolicyArgs) {
  return Object.entries({ inbound, outbound, aggregates }).flatMap(([propertyPath, list]) =>
    list?.length === 0
      ? [{ propertyPath, reason: "an empty list lets nothing pass: leave it away to let all pass" }]
      : [],
  );
}
