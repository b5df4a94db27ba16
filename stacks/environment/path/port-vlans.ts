import { validateVlans } from "../../../components/interconnect/vlans";
import { type Problem, problem } from "../../problems";
import type { EnvironmentContent } from "../shape";

/** Whatever ends at a Fabric port of the site has a VLAN there that is legal and nobody else's. */
export function checkPortVlans({ interconnects, siteNetworks }: EnvironmentContent): Problem[] {
  const circuits = Object.entries(interconnects).flatMap(([name, { via }]) =>
    via.flatMap(({ equinixFabric }, i) => {
      const at = `interconnects.${name}.via[${i}].equinixFabric`;
      const { ports = [], uplinks = [] } = equinixFabric ?? {};
      return [
        ...ports.map(({ id, vlan, innerVlan }, n) => ({
          path: `${at}.ports[${n}].vlan`,
          // On a QinQ port the pair of both tags is the circuit's.
          port: innerVlan === undefined ? id : `${id}/${innerVlan}`,
          vlan,
        })),
        ...uplinks.map(({ port, vlan }, n) => ({ path: `${at}.uplinks[${n}].vlan`, port, vlan })),
      ];
    }),
  );
  const members = Object.entries(siteNetworks).flatMap(([name, { sites }]) =>
    Object.entries(sites).flatMap(([site, { port, vlan }]) =>
      port === undefined || vlan === undefined
        ? []
        : [{ path: `siteNetworks.${name}.sites.${site}.vlan`, port, vlan }],
    ),
  );
  return validateVlans([...circuits, ...members]).map(({ propertyPath, reason }) =>
    problem(propertyPath, reason),
  );
}
