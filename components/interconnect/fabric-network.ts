import { isSold, soldText } from "@hybrid-ai-fabric/locality";
import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { fabricName } from "./names";

/** A network of several sites in the Fabric: one Ethernet segment (E-LAN) or one routed network (IP-WAN). */
export interface FabricNetworkArgs {
  /** Name of the network as the environment says it: evidence of its way is approved by it. */
  interconnect?: string;
  /** EVPLAN and EPLAN switch Ethernet between ports; IPWAN routes between Cloud Routers. */
  type: string;
  /** LOCAL (one metro), REGIONAL or GLOBAL. GLOBAL lets the Fabric carry frames over any country. Default: LOCAL. */
  scope?: string;
  /** AMER, EMEA or APAC: needed for REGIONAL. */
  fabricRegion?: string;
  /** Id of the Equinix project that pays for it. */
  projectId: pulumi.Input<string>;
  /** Addresses that Equinix tells of maintenance and failures: at least one. */
  notificationEmails: string[];
  /** Metros that the network joins. */
  sites: FabricNetworkSite[];
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

/** A site that joins the network. */
export interface FabricNetworkSite {
  /** Stable name: it names the circuit. */
  name: string;
  /** Equinix metro, such as TY. */
  metro: string;
  /** Mbps, 10 to 50000. */
  bandwidthMbps: number;
  /** Cloud Router of the site: for IPWAN. */
  routerId?: pulumi.Input<string>;
  /** Port of the site: for EVPLAN and EPLAN. */
  portId?: pulumi.Input<string>;
  /** VLAN on the port: for EVPLAN. */
  vlan?: number;
  /** Equinix geo zone that the circuit may not leave. Default: none. */
  geoScope?: string;
}

const SCOPES = ["LOCAL", "REGIONAL", "GLOBAL"];
const REGIONS = ["AMER", "EMEA", "APAC"];
/** Type of the circuits that join each type of network. */
const CIRCUITS: { [type: string]: string | undefined } = {
  IPWAN: "IPWAN_VC",
  EVPLAN: "EVPLAN_VC",
  EPLAN: "EPLAN_VC",
};

export class FabricNetwork extends pulumi.ComponentResource {
  public readonly networkId: pulumi.Output<string>;

  constructor(name: string, args: FabricNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricNetwork", name, args, opts);
    refuse("FabricNetwork", validateFabricNetwork(args));
    const scope = args.scope ?? "LOCAL";
    const guarded = { parent: this, protect: args.protect ?? true };
    const notifications = [{ type: "ALL", emails: args.notificationEmails }];
    const network = new equinix.FabricNetwork(
      name,
      {
        name: fabricName(name),
        type: args.type,
        scope,
        ...(args.fabricRegion === undefined ? {} : { location: { region: args.fabricRegion } }),
        projects: [{ projectId: args.projectId }],
        notifications,
      },
      { ...guarded, replacementTrigger: [args.type, scope, args.fabricRegion ?? ""].join("/") },
    );
    args.sites.forEach(join);

    this.networkId = network.uuid;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      networkId: this.networkId,
      scope,
      metros: args.sites.map(({ metro }) => metro),
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function join(site: FabricNetworkSite): void {
      const location = { metroCode: site.metro };
      const router = { type: "CLOUD_ROUTER", router: { uuid: site.routerId ?? "" }, location };
      const tag = site.vlan === undefined ? {} : { linkProtocol: { type: "DOT1Q", vlanTag: site.vlan } };
      const port = { type: "COLO", port: { uuid: site.portId ?? "" }, ...tag, location };
      const begin = site.routerId ?? site.portId ?? "";
      new equinix.FabricConnection(
        `${name}-${site.name}`,
        {
          name: fabricName(`${name}-${site.name}`),
          type: CIRCUITS[args.type] ?? args.type,
          bandwidth: site.bandwidthMbps,
          ...(site.geoScope === undefined ? {} : { geoScope: site.geoScope }),
          notifications,
          aSide: { accessPoint: args.type === "IPWAN" ? router : port },
          zSide: { accessPoint: { type: "NETWORK", network: { uuid: network.uuid } } },
        },
        {
          ...guarded,
          replaceWith: [network],
          replacementTrigger: pulumi
            .output(begin)
            .apply((id) => [site.metro, site.geoScope ?? "", id, site.vlan ?? ""].join("/")),
        },
      );
    }
  }
}

export function validateFabricNetwork(args: FabricNetworkArgs): ArgumentProblem[] {
  const { type, scope = "LOCAL", fabricRegion, sites } = args;
  const problems: ArgumentProblem[] = [];
  const add = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  const legal = Object.keys(CIRCUITS).join(", ");
  if (!CIRCUITS[type]) add("type", `"${type}" is none of ${legal}`);
  if (!SCOPES.includes(scope)) add("scope", `"${scope}" is none of ${SCOPES.join(", ")}`);
  if (scope === "REGIONAL" && !REGIONS.includes(fabricRegion ?? ""))
    add("fabricRegion", `"${fabricRegion ?? ""}": REGIONAL needs one of ${REGIONS.join(", ")}`);
  const metros = new Set(sites.map(({ metro }) => metro));
  if (scope === "LOCAL" && metros.size > 1)
    add("scope", `LOCAL is one metro, and the sites are in ${[...metros].join(", ")}`);
  sites.forEach(({ routerId, portId, vlan, bandwidthMbps }, index) => {
    const path = `sites[${index}]`;
    const wanted = type === "IPWAN" ? "routerId" : "portId";
    if (
      (routerId === undefined) === (portId === undefined) ||
      (wanted === "routerId") !== (routerId !== undefined)
    )
      add(path, `a site of ${type} has a ${wanted}, and nothing else`);
    if (type === "EVPLAN" && vlan === undefined) add(`${path}.vlan`, "EVPLAN needs the VLAN on the port");
    if (!isSold("fabricCircuit", bandwidthMbps))
      add(`${path}.bandwidthMbps`, `${bandwidthMbps}: ${soldText("fabricCircuit")} Mbps`);
  });
  return problems;
}
