import * as megaport from "@pulumi/megaport";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, refuse } from "../problems";

/** Leave for somebody else to order a circuit on a Megaport port of ours. */
export interface MegaportServiceKeyArgs {
  /** Product uid of our port. */
  productUid: pulumi.Input<string>;
  /** Mbps that a circuit may have. */
  maxMbps: number;
  /** VLAN of the circuit: a single use needs one. */
  vlan?: number;
  /** Good for one circuit only. Default: true. */
  singleUse?: boolean;
  /** What the key is for, as the partner reads it. Default: the name of the component. */
  description?: string;
}

export class MegaportServiceKey extends pulumi.ComponentResource {
  /** Secret: who has it can order on the port. */
  public readonly key: pulumi.Output<string>;

  constructor(name: string, args: MegaportServiceKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:MegaportServiceKey", name, args, opts);
    refuse("MegaportServiceKey", validateMegaportServiceKey(args));
    const issued = new megaport.ServiceKey(
      name,
      {
        productUid: args.productUid,
        maxSpeed: args.maxMbps,
        singleUse: args.singleUse ?? true,
        active: true,
        ...(args.vlan === undefined ? {} : { vlan: args.vlan }),
        ...(args.description === undefined ? {} : { description: args.description }),
      },
      { parent: this, additionalSecretOutputs: ["key"] },
    );
    this.key = pulumi.secret(issued.key);
    this.registerOutputs({ key: this.key });
  }
}

export function validateMegaportServiceKey(args: MegaportServiceKeyArgs): ArgumentProblem[] {
  const single = args.singleUse ?? true;
  return [
    ...(Number.isInteger(args.maxMbps) && args.maxMbps >= 1
      ? []
      : [{ propertyPath: "maxMbps", reason: `${args.maxMbps}: a whole number of Mbps, 1 and more` }]),
    ...(single && args.vlan === undefined
      ? [{ propertyPath: "vlan", reason: "a key for a single use names the VLAN of its circuit" }]
      : []),
  ];
}
