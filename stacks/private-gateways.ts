import { asnOfName, VirtualPrivateGateway } from "../components";
import type { Environment } from "./environment";
import { labelsArrivingAt } from "./labels";
import type { RegionLayer } from "./network";

/** Gateways of the networks that a private virtual interface reaches, by place: a VPC takes one, whatever the paths. */
export function createPrivateGateways(
  environment: Environment,
  networks: { [place: string]: RegionLayer },
): { [place: string]: VirtualPrivateGateway } {
  const reached = Object.values(environment.interconnects).flatMap(({ virtualInterface, to }) =>
    virtualInterface === "private" ? to : [],
  );
  return Object.fromEntries(
    [...new Set(reached)].sort().flatMap((place) => {
      const layer = networks[place];
      if (!layer) return [];
      const { region, network, provider } = layer;
      const labels = labelsArrivingAt(environment, place);
      const gateway = new VirtualPrivateGateway(
        `${place}-gateway`,
        {
          region,
          vpcId: network.vpcId,
          routeTableId: network.routeTableId,
          asn: asnOfName(place),
          ...(labels ? { labels } : {}),
        },
        { provider },
      );
      return [[place, gateway] as const];
    }),
  );
}
