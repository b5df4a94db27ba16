import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { circuitsOf, type Interconnect, interconnectOf, nounOf } from "@hybrid-ai-fabric/graph/interconnect";
import { prefixQuotas } from "@hybrid-ai-fabric/locality";

/** 30 interfaces, 6 transit or 20 virtual private gateways, never both: AWS Direct Connect quotas and gateway associations. */
export const gatewaysStayWithinQuotas: Rule = {
  id: "gateways-stay-within-their-quotas",
  pack: "fabric",
  severity: "medium",
  level: "mandatory",
  description:
    "A Direct Connect gateway has no more interfaces and associations than AWS allows, and either transit gateways or virtual private gateways behind it.",
  remediation: "Spread the associations over several gateways, one kind to each.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    const gateways = new Map<PlannedResource, Behind>();
    const behind = (gateway: PlannedResource): Behind => {
      const known = gateways.get(gateway) ?? {
        transit: 0,
        private: 0,
        unclear: [],
        interfaces: 0,
        privateInterfaces: 0,
      };
      gateways.set(gateway, known);
      return known;
    };
    for (const association of interconnect.all("association")) {
      const [gateway] = interconnect.named(association, "dxGatewayId", "gateway").resources;
      if (!gateway) continue;
      const kind = kindOf(association, interconnect);
      if (kind === undefined) behind(gateway).unclear.push(association);
      else behind(gateway)[kind] += 1;
    }
    for (const { attachment, gateway } of circuitsOf(view)) {
      if (!gateway) continue;
      behind(gateway).interfaces += 1;
      if (nounOf(attachment.type)?.startsWith("private")) behind(gateway).privateInterfaces += 1;
    }
    return [...gateways].flatMap(([gateway, counts]) => judge(gateway, counts));
  },
};

interface Behind {
  transit: number;
  private: number;
  unclear: PlannedResource[];
  interfaces: number;
  privateInterfaces: number;
}

/** The id itself tells the kind: tgw-... or vgw-...; an unborn one is traced to the gateway it comes from. */
function kindOf(association: PlannedResource, interconnect: Interconnect): "transit" | "private" | undefined {
  const { resources, elsewhere } = interconnect.named(
    association,
    "associatedGatewayId",
    "transitGateway",
    "vpnGateway",
  );
  const [gateway] = resources;
  if (gateway) return nounOf(gateway.type) === "transitGateway" ? "transit" : "private";
  const [id = ""] = elsewhere;
  if (id.startsWith("tgw-")) return "transit";
  return id.startsWith("vgw-") ? "private" : undefined;
}

function judge(gateway: PlannedResource, counts: Behind): Finding[] {
  const over = (count: number, most: number, what: string): Finding[] =>
    count <= most ? [] : [broken(gateway, "", `${gateway.name} has ${count} ${what}; AWS allows ${most}.`)];
  const mixed =
    counts.transit > 0 && (counts.private > 0 || counts.privateInterfaces > 0)
      ? [
          broken(
            gateway,
            "",
            `${gateway.name} has transit gateways and virtual private gateways or private interfaces; AWS takes one kind.`,
          ),
        ]
      : [];
  return [
    ...over(counts.interfaces, prefixQuotas.virtualInterfacesPerGateway, "virtual interfaces"),
    ...over(counts.transit, prefixQuotas.transitGatewaysPerGateway, "transit gateways"),
    ...over(counts.private, prefixQuotas.virtualPrivateGatewaysPerGateway, "virtual private gateways"),
    ...mixed,
    ...counts.unclear.map((association) =>
      notShown(
        association,
        "associatedGatewayId",
        `Nothing shows whether ${association.name} is of a transit gateway or a virtual private gateway, and ${gateway.name} takes one kind.`,
      ),
    ),
  ];
}
