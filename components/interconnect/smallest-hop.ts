import { pathMtu } from "@hybrid-ai-fabric/locality";

/** A hop of a private path with the largest packet that it takes. */
export interface Hop {
  /** The hop as a network engineer names it: `Fabric Cloud Router`, `transit VIF` ... */
  hop: string;
  /** Bytes. */
  mtu: number;
  /** True when no source tells the value, so that the smallest usual one was taken. */
  assumed?: boolean;
}

/** What a circuit consists of, as far as packet size goes. */
export interface CircuitPath {
  /** Begin of the path: what the a-side is. */
  from:
    | "fabricRouter"
    | "fabricPort"
    | "virtualDevice"
    | "serviceToken"
    | "megaportRouter"
    | "megaportPort"
    | "dedicated";
  /** Virtual interface at AWS. */
  virtualInterface: "transit" | "private";
  /** Asked for: jumbo frames on the virtual interface. Default: only where every other hop is known to take them. */
  jumbo?: boolean;
  /** MTU of the Megaport Cloud Router's interface, when it is set. */
  routerMtu?: number;
}

/** Hops of a path in order, from the site to the network in the region. */
export function hopsOf({ from, virtualInterface, routerMtu, jumbo }: CircuitPath): Hop[] {
  const before = hopsBefore(from, routerMtu);
  const fits = before.every(({ mtu, assumed }) => mtu > pathMtu.assumed && assumed !== true);
  const sizes =
    virtualInterface === "transit" ? pathMtu.transitVirtualInterface : pathMtu.privateVirtualInterface;
  const [standard = pathMtu.assumed, large = standard] = sizes;
  return [
    ...before,
    { hop: `${virtualInterface} VIF`, mtu: (jumbo ?? fits) ? large : standard },
    virtualInterface === "transit"
      ? { hop: "transit gateway", mtu: pathMtu.transitGateway }
      : { hop: "VPC", mtu: pathMtu.vpc },
  ];
}

function hopsBefore(from: CircuitPath["from"], routerMtu: number | undefined): Hop[] {
  switch (from) {
    case "fabricRouter":
      return [{ hop: "Fabric Cloud Router", mtu: pathMtu.assumed, assumed: true }];
    case "serviceToken":
      return [{ hop: "port behind the service token", mtu: pathMtu.assumed, assumed: true }];
    case "virtualDevice":
      return [{ hop: "virtual device", mtu: pathMtu.assumed, assumed: true }, fabricCircuit];
    case "fabricPort":
      return [{ hop: "Fabric port", mtu: pathMtu.fabricPort }, fabricCircuit];
    case "megaportRouter":
      return [
        { hop: "Megaport Cloud Router", mtu: routerMtu ?? pathMtu.megaportRouterDefault },
        { hop: "Megaport VXC", mtu: pathMtu.megaportCircuit },
      ];
    case "megaportPort":
      return [
        { hop: "Megaport port", mtu: pathMtu.megaportPort },
        { hop: "Megaport VXC", mtu: pathMtu.megaportCircuit },
      ];
    case "dedicated":
      return [{ hop: "dedicated connection", mtu: pathMtu.dedicatedConnection }];
  }
}

const fabricCircuit: Hop = { hop: "Fabric virtual connection", mtu: pathMtu.fabricCircuit };

/** The hop that decides how large a packet may be: the first of the smallest. A path without hops has none. */
export function smallestHop(hops: readonly Hop[]): Hop | undefined {
  return hops.reduce<Hop | undefined>(
    (smallest, hop) => (smallest && smallest.mtu <= hop.mtu ? smallest : hop),
    undefined,
  );
}

/** MTU to set on the virtual interface of a path: 1500 or the large size of its kind. */
export function virtualInterfaceMtu(path: CircuitPath): number {
  const found = hopsOf(path).find(({ hop }) => hop.endsWith(" VIF"));
  return found?.mtu ?? pathMtu.assumed;
}

/** The figure as the summary of a plan shows it. */
export function pathMtuPrediction(subject: string, smallest: Hop | undefined) {
  if (!smallest) return [];
  const limitedBy = smallest.assumed === true ? `${smallest.hop}, assumed: no source tells it` : smallest.hop;
  return [{ subject, quantity: "path MTU", value: smallest.mtu, unit: "bytes", limitedBy }];
}
