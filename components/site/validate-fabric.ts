import type { ArgumentProblem } from "../problems";
import type { FabricHosts, FabricOperators, FabricRails, FabricTenant } from "./fabric-args";
import type { InfiniBandFabricSubnetManager } from "./infiniband-fabric";
import { guidRange } from "./plans/guids";
import { planPKeys } from "./plans/pkeys";
import { validateRails } from "./plans/rails";

interface CommonArgs {
  hosts: FabricHosts;
  rails: FabricRails;
  tenants: FabricTenant[];
  operators?: FabricOperators;
}

/** What is certainly wrong with an InfiniBand fabric. */
export function validateInfiniBand(
  args: CommonArgs & { subnetManager: InfiniBandFabricSubnetManager; retiredPkeys?: string[] },
): ArgumentProblem[] {
  const { ufm, openSm } = args.subnetManager;
  return [
    ...validateCommon(args),
    ...planPKeys(args.tenants, args.retiredPkeys).problems,
    ...((ufm === undefined) === (openSm === undefined)
      ? [
          problem(
            "subnetManager",
            "exactly one of ufm and openSm must be given: without a subnet manager no port comes up",
          ),
        ]
      : []),
    ...(ufm ? guidRange(ufm.guidPoolStart, ufm.guidPoolEnd, "subnetManager.ufm").problems : []),
  ];
}

/** What is certainly wrong with a RoCE fabric. */
export function validateRoce(args: CommonArgs & { mtu?: number }): ArgumentProblem[] {
  const mtu = args.mtu ?? 9000;
  return [
    ...validateCommon(args),
    ...validateVlans(args.tenants),
    ...(Number.isInteger(mtu) && mtu >= 4200 && mtu <= 9216
      ? []
      : [problem("mtu", `${mtu} must be 4200 to 9216: RoCE packets of 4096 bytes do not fit into less`)]),
  ];
}

function validateCommon({ rails, hosts, tenants, operators }: CommonArgs): ArgumentProblem[] {
  const { pfNames, cidr } = rails;
  const strategy = operators?.migStrategy ?? "none";
  return [
    ...validateRails({ pfNames, vfsPerRail: rails.vfsPerRail ?? 1, cidr, hosts: hosts.hosts }),
    ...([100, 200, 400, 800].includes(rails.gbps)
      ? []
      : [problem("rails.gbps", `${rails.gbps} is none of 100, 200, 400, 800`)]),
    ...(tenants.length > 0 ? [] : [problem("tenants", "is empty: nobody could use the fabric")]),
    ...tenants.flatMap(({ name }, index) => [
      ...(/^[a-z][a-z0-9-]{0,23}$/.test(name)
        ? []
        : [problem(`tenants[${index}].name`, `"${name}" must be 1 to 24 of a-z, 0-9 and -`)]),
      ...(tenants.findIndex((other) => other.name === name) === index
        ? []
        : [problem(`tenants[${index}].name`, `"${name}" is there twice`)]),
    ]),
    ...(["none", "single", "mixed"].includes(strategy)
      ? []
      : [problem("operators.migStrategy", `"${strategy}" is none of none, single, mixed`)]),
  ];
}

function validateVlans(tenants: readonly FabricTenant[]): ArgumentProblem[] {
  return tenants.flatMap(({ name, vlan }, index) => {
    const path = `tenants[${index}].vlan`;
    if (vlan === undefined || !Number.isInteger(vlan) || vlan < 1 || vlan > 4094)
      return [problem(path, `${vlan ?? "nothing"} given for ${name}, but it must be 1 to 4094`)];
    const first = tenants.findIndex((other) => other.vlan === vlan);
    return first === index ? [] : [problem(path, `${vlan} is that of ${tenants[first]?.name} as well`)];
  });
}

function problem(propertyPath: string, reason: string): ArgumentProblem {
  return { propertyPath, reason };
}
