import type * as metal from "@pulumi/equinix-metal";
import * as pulumi from "@pulumi/pulumi";
import type { BareMetalPoolArgs, BareMetalPoolEquinixMetal, ProvidedHosts } from "./bare-metal-pool";
import { POOL_LABEL } from "./bare-metal-pool";

/** Devices with their VLANs, for whoever still has the API: proved on stand-ins only. */
export function createEquinixMetalDevices(
  name: string,
  args: BareMetalPoolArgs,
  devices: BareMetalPoolEquinixMetal,
  parent: pulumi.Resource,
): ProvidedHosts {
  const sdk = loadSdk();
  const child = { parent };
  const { metro } = devices;
  void pulumi.log.warn(
    "Equinix Metal ended on 2026-06-30: this plan is for reading only, `pulumi up` cannot succeed. Move to metal3 or existing.",
    parent,
  );
  const projectId = devices.projectId ?? new sdk.Project(name, { name }, child).id;
  const vlans = devices.vlans.map((vxlan) => ({
    vxlan,
    vlan: new sdk.Vlan(`${name}-${vxlan}`, { projectId, metro: metro.toLowerCase(), vxlan }, child),
  }));
  for (let index = 0; index < devices.hosts; index++) createDevice(`${name}-${index}`);
  return {
    nodeSelector: { [POOL_LABEL]: name },
    count: devices.hosts,
    evidence: "bonded Ethernet of a service that ended on 2026-06-30; stand-ins only, nothing can be created",
  };

  function createDevice(hostname: string): void {
    const device = new sdk.Device(
      hostname,
      {
        hostname,
        projectId,
        metro: metro.toLowerCase(),
        plan: devices.plan,
        operatingSystem: devices.operatingSystem,
        billingCycle: "hourly",
        userData: pulumi.secret(devices.userData),
        tags: [`site=${args.site}`, `country=${args.country}`],
      },
      child,
    );
    // A port takes VLANs beside its addresses only in this mode.
    const mode = new sdk.DeviceNetworkType(hostname, { deviceId: device.id, type: "hybrid" }, child);
    for (const { vxlan, vlan } of vlans) {
      new sdk.PortVlanAttachment(
        `${hostname}-${vxlan}`,
        { deviceId: mode.deviceId, portName: "bond0", vlanVnid: vlan.vxlan },
        child,
      );
    }
  }
}

/** Loaded only when asked for: an installed SDK makes every `pulumi up` fetch the plugin of a service that is gone. */
function loadSdk(): typeof metal {
  try {
    return require("@pulumi/equinix-metal") as typeof metal;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new pulumi.RunError(
      "equinixMetal: install @pulumi/equinix-metal 2.0.0, the last package of a service that ended on 2026-06-30, or use metal3 or existing.",
    );
  }
}
