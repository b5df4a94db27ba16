import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, refuse } from "../problems";
import { fabricName } from "./names";

/** Precision time of Equinix on a circuit: one clock for all sites, so that one-way delays can be measured. */
export interface FabricClockArgs {
  /** Id of the circuit that the clock is reached over. */
  circuitId: pulumi.Input<string>;
  /** PTP (microseconds) or NTP (milliseconds). */
  protocol: string;
  /** STANDARD or ENTERPRISE. Default: STANDARD. */
  grade?: string;
  /** IPv4 addresses of both clocks, their netmask and the gateway of their network. */
  addresses: FabricClockAddresses;
}

export interface FabricClockAddresses {
  /** Address of the first clock. */
  primary: string;
  /** Address of the second clock. */
  secondary: string;
  /** Mask of the network that the clocks are reached in. */
  netmask: string;
  /** Gateway of that network. */
  gateway: string;
}

export class FabricClock extends pulumi.ComponentResource {
  public readonly clockId: pulumi.Output<string>;

  constructor(name: string, args: FabricClockArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricClock", name, args, opts);
    refuse("FabricClock", validateFabricClock(args));
    const { primary, secondary, netmask, gateway } = args.addresses;
    const clock = new equinix.FabricPrecisionTimeService(
      name,
      {
        name: fabricName(name),
        type: args.protocol,
        package: { code: `${args.protocol}_${args.grade ?? "STANDARD"}` },
        connections: [{ uuid: args.circuitId }],
        ipv4: { primary, secondary, networkMask: netmask, defaultGateway: gateway },
      },
      { parent: this },
    );
    this.clockId = clock.uuid;
    this.registerOutputs({ clockId: this.clockId, protocol: args.protocol });
  }
}

export function validateFabricClock({ protocol, grade }: FabricClockArgs): ArgumentProblem[] {
  return [
    ...(protocol === "PTP" || protocol === "NTP"
      ? []
      : [{ propertyPath: "protocol", reason: `"${protocol}": PTP or NTP` }]),
    ...(grade === undefined || grade === "STANDARD" || grade === "ENTERPRISE"
      ? []
      : [{ propertyPath: "grade", reason: `"${grade}": STANDARD or ENTERPRISE` }]),
  ];
}
