import type * as pulumi from "@pulumi/pulumi";
import { computeDomain } from "../site/objects/compute-domain";
import { createObject } from "../site/objects/custom-object";
import { installDraDriver } from "../site/operators";

/** Domain whose channel training pods claim; the claim template is `<name>-channel`. */
export const NVLINK_DOMAIN = "training-nvlink";

/**
 * The DRA driver of NVIDIA and one domain for the work of an UltraServer (p6e-gb200). The accelerated images bring the
 * driver of the GPUs themselves, so the driver is looked for on the host.
 */
export function nvlinkDomain(
  name: string,
  namespace: string,
  inCluster: pulumi.CustomResourceOptions & { dependsOn: pulumi.Resource[] },
): void {
  const driver = installDraDriver(name, "/", inCluster);
  createObject(`${name}-nvlink`, computeDomain(NVLINK_DOMAIN, namespace), {
    ...inCluster,
    dependsOn: [...inCluster.dependsOn, driver],
  });
}
