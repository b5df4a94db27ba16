import { circuitQuotas } from "@hybrid-ai-fabric/locality";
import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { fabricName } from "./names";
import { FIRST_VLAN, LAST_VLAN } from "./vlans";

/** Leave for somebody else to order one circuit that begins at a Fabric port or Network Edge device of ours. */
export interface FabricServiceTokenArgs {
  /** Interconnect that the circuit will be part of, as the environment names it. */
  interconnect?: string;
  /** Id of the Equinix project that pays for it. */
  projectId: pulumi.Input<string>;
  /** Our port; or virtualDeviceId. */
  portId?: pulumi.Input<string>;
  /** VLAN of the circuit on the port. */
  vlan?: number;
  /** Our Network Edge device; or portId. */
  virtualDeviceId?: pulumi.Input<string>;
  /** Mbps that the circuit may have: 50000 at most from a port, 10000 from a device. */
  maxMbps: number;
  /** Moment after which nobody can order any more, such as 2027-01-31T00:00:00Z. */
  expires: string;
  /** Addresses that Equinix tells of maintenance and failures: at least one. */
  notificationEmails: string[];
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
}

export class FabricServiceToken extends pulumi.ComponentResource {
  /**
   * Secret: who has it can order on the port. Equinix makes it the id of the resource as well, which Pulumi does not
   * encrypt: whoever reads the state can use it until it is used up or has expired.
   */
  public readonly token: pulumi.Output<string>;

  constructor(name: string, args: FabricServiceTokenArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricServiceToken", name, args, opts);
    refuse("FabricServiceToken", validateFabricServiceToken(args));
    const issued = new equinix.FabricServiceToken(
      name,
      {
        name: fabricName(name),
        type: "VC_TOKEN",
        expirationDateTime: args.expires,
        project: { projectId: args.projectId },
        notifications: [{ type: "ALL", emails: args.notificationEmails }],
        serviceTokenConnections: [
          {
            type: "EVPL_VC",
            bandwidthLimit: args.maxMbps,
            aSides: [{ accessPointSelectors: [selectorOf(args)] }],
          },
        ],
      },
      { parent: this, additionalSecretOutputs: ["uuid", "href"] },
    );
    this.token = pulumi.secret(issued.uuid);
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      token: this.token,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}

function selectorOf({ portId, vlan, virtualDeviceId }: FabricServiceTokenArgs) {
  if (virtualDeviceId !== undefined) {
    return {
      type: "VD",
      virtualDevice: { type: "EDGE", uuid: virtualDeviceId },
      interface: { type: "NETWORK" },
    };
  }
  const linkProtocol = vlan === undefined ? {} : { linkProtocol: { type: "DOT1Q", vlanTag: vlan } };
  return { type: "COLO", port: { uuid: portId ?? "" }, ...linkProtocol };
}

/** One begin, a bandwidth that a token may grant there, and a moment in UTC. */
export function validateFabricServiceToken(args: FabricServiceTokenArgs): ArgumentProblem[] {
  const { portId, virtualDeviceId, vlan, maxMbps, expires } = args;
  const problems: ArgumentProblem[] = [];
  const add = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  if ((portId === undefined) === (virtualDeviceId === undefined))
    add("portId", "exactly one of portId, virtualDeviceId");
  const most = circuitQuotas.fabricServiceTokenMbps[virtualDeviceId === undefined ? "COLO" : "VD"] ?? 0;
  if (!Number.isInteger(maxMbps) || maxMbps < 1 || maxMbps > most)
    add("maxMbps", `${maxMbps}: a whole number of Mbps, 1 to ${most}`);
  if (portId !== undefined && (vlan === undefined || vlan < FIRST_VLAN || vlan > LAST_VLAN))
    add("vlan", `${vlan ?? "nothing"}: a VLAN of the port, ${FIRST_VLAN} to ${LAST_VLAN}`);
  if (virtualDeviceId !== undefined && vlan !== undefined)
    add("vlan", `${vlan}: it goes with portId; a device has interfaces`);
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(expires) ||
    Number.isNaN(Date.parse(expires))
  )
    add("expires", `"${expires}": a moment in UTC such as 2027-01-31T00:00:00Z`);
  return problems;
}
