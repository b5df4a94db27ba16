import { equinixMetro, equinixMetroCodes } from "@hybrid-ai-fabric/locality";
import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";

/**
 * A port of the site in the Equinix Fabric, ordered with its cross connect. Equinix calls the resource experimental:
 * an order may end without a port, and a port takes two to five business days to go. So it belongs to a stack that is
 * brought up before whatever begins at it.
 */
export interface FabricPortArgs {
  /** Interconnect that the port is part of, as the environment names it. */
  interconnect?: string;
  /** Equinix metro code, such as TY. A change replaces the port. */
  metro: string;
  /** Building (IBX), such as TY4: one of the metro. */
  ibx: string;
  /** Id of the Equinix project that pays for it. */
  projectId: pulumi.Input<string>;
  /** Billing account at Equinix that the port is ordered on. */
  accountNumber: number;
  /** Mbps of each link. */
  speedMbps: number;
  /** Optics, such as 10GBASE_LR. They have the speed of the link. */
  physicalType: string;
  /** Links of a group (LAG). Default: 1, no group. */
  links?: number;
  /** DOT1Q or QINQ. Default: DOT1Q. */
  encapsulation?: string;
  /** Tag protocol of frames on the port. Default: 0x8100 (IEEE 802.1Q) with DOT1Q, 0x88a8 (802.1ad) with QINQ. */
  tagProtocol?: string;
  /** PRIMARY or SECONDARY: ports of both stand on different devices. Default: PRIMARY. */
  priority?: string;
  /** Where the cross connect ends in the cage. */
  demarcation: FabricPortDemarcation;
  /** User names at Equinix that are told about orders and faults. */
  registeredUsers: string[];
  /** Place that the port may leave: without it a changed place is refused, not followed. */
  allowReplacement?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

/** Where the cross connect ends, as Equinix's order form names it. */
export interface FabricPortDemarcation {
  /** Unique space id of the cage. */
  cage: string;
  /** Unique space id of the cabinet. */
  cabinet: string;
  /** Patch panel in that cabinet, by its name. */
  patchPanel: string;
  /** Connector, such as SC or LC. */
  connector: string;
}

/** Tag protocol of each encapsulation, as IEEE numbers it. */
const TAG_PROTOCOLS: { [encapsulation: string]: string | undefined } = { DOT1Q: "0x8100", QINQ: "0x88a8" };

export class FabricPort extends pulumi.ComponentResource {
  /** What circuits begin at. */
  public readonly portId: pulumi.Output<string>;
  public readonly metro: string;

  constructor(name: string, args: FabricPortArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricPort", name, args, opts);
    refuse("FabricPort", validateFabricPort(args));
    const { metro, ibx, links = 1, encapsulation = "DOT1Q", priority = "PRIMARY" } = args;
    const { cage, cabinet, patchPanel, connector } = args.demarcation;
    const demarcationPoint = {
      ibx,
      cageUniqueSpaceId: cage,
      cabinetUniqueSpaceId: cabinet,
      patchPanel,
      connectorType: connector,
    };
    const port = new equinix.FabricPort(
      name,
      {
        type: "XF_PORT",
        connectivitySourceType: "COLO",
        location: { metroCode: metro },
        demarcationPointIbx: ibx,
        encapsulation: {
          type: encapsulation,
          tagProtocolId: args.tagProtocol ?? TAG_PROTOCOLS[encapsulation] ?? "",
        },
        account: { accountNumber: args.accountNumber },
        project: { projectId: args.projectId },
        redundancy: { priority },
        lagEnabled: links > 1,
        physicalPorts: Array.from({ length: links }, () => ({ type: "XF_PHYSICAL_PORT", demarcationPoint })),
        physicalPortsCount: links,
        physicalPortsSpeed: args.speedMbps,
        physicalPortsType: args.physicalType,
        notifications: ["TECHNICAL", "NOTIFICATION"].map((type) => ({
          type,
          registeredUsers: args.registeredUsers,
        })),
      },
      {
        parent: this,
        protect: args.allowReplacement === undefined && (args.protect ?? true),
        replacementTrigger: [metro, ibx, priority, args.speedMbps, cage].join("/"),
      },
    );
    this.portId = port.uuid;
    this.metro = metro;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      portId: this.portId,
      metro,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}

/** What the parts of an order say about each other. */
export function validateFabricPort(args: FabricPortArgs): ArgumentProblem[] {
  const { metro, ibx, speedMbps, physicalType, links = 1, encapsulation, priority } = args;
  const problems: ArgumentProblem[] = [];
  const add = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  if (!equinixMetro(metro)) add("metro", `"${metro}" is none of ${equinixMetroCodes().join(", ")}`);
  if (!new RegExp(`^${metro}\\d+$`).test(ibx))
    add("ibx", `"${ibx}": a building of ${metro}, such as ${metro}1`);
  const optics = speedMbps === 1000 ? "1000BASE_" : `${speedMbps / 1000}GBASE_`;
  if (!physicalType.startsWith(optics))
    add("physicalType", `"${physicalType}": optics of ${speedMbps} Mbps begin with ${optics}`);
  if (!Number.isInteger(links) || links < 1) add("links", `${links}: a whole number, 1 and more`);
  if (encapsulation !== undefined && TAG_PROTOCOLS[encapsulation] === undefined)
    add("encapsulation", `"${encapsulation}": one of ${Object.keys(TAG_PROTOCOLS).join(", ")}`);
  if (priority !== undefined && priority !== "PRIMARY" && priority !== "SECONDARY")
    add("priority", `"${priority}": PRIMARY or SECONDARY`);
  if (args.registeredUsers.length === 0) add("registeredUsers", "nobody: one user at least");
  return problems;
}
