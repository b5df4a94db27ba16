import { createHash } from "node:crypto";
import type { types } from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import type { ArgumentProblem } from "../problems";

/** Where a Fabric circuit begins: exactly one of these. */
export interface FabricCircuitASide {
  /** A Fabric Cloud Router. It speaks BGP itself. */
  router?: FabricCircuitRouter;
  /** A Fabric port of the site. The site's own router speaks BGP. */
  port?: FabricCircuitPort;
  /** A Network Edge device. It speaks BGP, as its own configuration says. */
  virtualDevice?: FabricCircuitVirtualDevice;
  /** A token that the owner of a port or device issued. Its router speaks BGP. */
  serviceToken?: FabricCircuitServiceToken;
}

export interface FabricCircuitRouter {
  /** Id of the Fabric Cloud Router. */
  id: pulumi.Input<string>;
}

export interface FabricCircuitPort {
  /** Id of the port. */
  id: pulumi.Input<string>;
  /** VLAN of the circuit on the port; the outer one on a QinQ port. */
  vlan: number;
  /** Inner VLAN, on a QinQ port. */
  innerVlan?: number;
}

export interface FabricCircuitVirtualDevice {
  /** Id of the virtual device. */
  id: pulumi.Input<string>;
  /** Number of the interface. Default: the next free one. */
  interfaceId?: number;
}

export interface FabricCircuitServiceToken {
  /** Secret: who has it can order a circuit on the port. */
  id: pulumi.Input<string>;
}

/** The a-side as the Fabric API writes it. */
export interface OrderedASide {
  /** IP_VC from a router, EVPL_VC from what switches Ethernet. */
  type: string;
  aSide: types.input.FabricConnectionASide;
  /** What identifies the a-side: a circuit that begins elsewhere is another circuit. */
  identity: pulumi.Input<string>;
}

export function orderASide(aSide: FabricCircuitASide, metro: string): OrderedASide {
  const location = { metroCode: metro };
  const { router, port, virtualDevice, serviceToken } = aSide;
  if (router) {
    const accessPoint = { type: "CLOUD_ROUTER", router: { uuid: router.id }, location };
    return { type: "IP_VC", aSide: { accessPoint }, identity: router.id };
  }
  if (port) {
    const linkProtocol =
      port.innerVlan === undefined
        ? { type: "DOT1Q", vlanTag: port.vlan }
        : { type: "QINQ", vlanSTag: port.vlan, vlanCTag: port.innerVlan };
    const accessPoint = { type: "COLO", port: { uuid: port.id }, linkProtocol, location };
    return {
      type: "EVPL_VC",
      aSide: { accessPoint },
      identity: pulumi.interpolate`${port.id}/${port.vlan}/${port.innerVlan ?? ""}`,
    };
  }
  if (virtualDevice) {
    const chosen = virtualDevice.interfaceId;
    const accessPoint = {
      type: "VD",
      virtualDevice: { type: "EDGE", uuid: virtualDevice.id },
      ...(chosen === undefined ? {} : { interface: { type: "NETWORK", id: chosen } }),
      location,
    };
    return { type: "EVPL_VC", aSide: { accessPoint }, identity: virtualDevice.id };
  }
  const uuid = pulumi.secret(serviceToken?.id ?? "");
  return {
    type: "EVPL_VC",
    aSide: { serviceToken: { type: "VC_TOKEN", uuid } },
    identity: pulumi.unsecret(uuid.apply(digestOf)),
  };
}

/** Another token has another digest. The token itself must not be what triggers a replacement: Pulumi 3.255 panics on a secret one. */
function digestOf(token: string): string {
  return createHash("sha256").update(token).digest("hex").slice(0, 12);
}

/** Exactly one a-side. */
export function validateASide(aSide: FabricCircuitASide): ArgumentProblem[] {
  const given = Object.entries(aSide).flatMap(([kind, value]) => (value === undefined ? [] : [kind]));
  if (given.length === 1) return [];
  const received = given.length === 0 ? "nothing" : given.join(" and ");
  return [
    {
      propertyPath: "aSide",
      reason: `${received}: exactly one of router, port, virtualDevice, serviceToken`,
    },
  ];
}
