import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { validateVirtualInterface } from "./virtual-interface";

/** The other half of a virtual interface across accounts: the owner of the gateway takes what was offered. */
export interface VirtualInterfaceAccepterArgs {
  /** Region of the connection. */
  region: string;
  /** transit or private, as it was offered. */
  virtualInterface: string;
  /** Id of the interface that was offered. */
  virtualInterfaceId: pulumi.Input<string>;
  /** Gateway of this account. */
  directConnectGatewayId: pulumi.Input<string>;
  /** Prefixes that its session may take, up to 1000 from the pool of the connection. Default: 100. */
  allocatedPrefixes?: number;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
}

export class VirtualInterfaceAccepter extends pulumi.ComponentResource {
  public readonly virtualInterfaceId: pulumi.Output<string>;

  constructor(name: string, args: VirtualInterfaceAccepterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:VirtualInterfaceAccepter", name, args, opts);
    refuse("VirtualInterfaceAccepter", validateVirtualInterface(args.virtualInterface, false));
    const taken = {
      region: args.region,
      virtualInterfaceId: args.virtualInterfaceId,
      dxGatewayId: args.directConnectGatewayId,
      ...(args.allocatedPrefixes === undefined
        ? {}
        : { prefixPoolAllocatedCountIpv4: args.allocatedPrefixes }),
      tags: args.labels ? labelTags(args.labels) : {},
    };
    const child = { parent: this };
    const accepted =
      args.virtualInterface === "transit"
        ? new aws.directconnect.HostedTransitVirtualInterfaceAcceptor(name, taken, child)
        : new aws.directconnect.HostedPrivateVirtualInterfaceAccepter(name, taken, child);
    this.virtualInterfaceId = accepted.virtualInterfaceId;
    this.registerOutputs({
      virtualInterfaceId: this.virtualInterfaceId,
      region: args.region,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}
