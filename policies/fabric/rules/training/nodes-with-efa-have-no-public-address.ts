import { broken, type Finding, isUnknown, notShown, type Rule } from "@hybrid-ai-fabric/graph";
import { flagAt } from "@hybrid-ai-fabric/graph/interconnect";
import {
  type EfaTemplate,
  subnetsOf,
  type Training,
  tokens,
  trainingOf,
} from "@hybrid-ai-fabric/graph/training";

export const noPublicAddress: Rule = {
  id: "nodes-with-efa-have-no-public-address",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Nodes with several interfaces get no public address: EC2 refuses to launch them with one, whether the template or the subnet asks for it.",
  remediation: 'Set associatePublicIpAddress to "false" and take a subnet that maps no public address.',
  evaluate: (view) => {
    const training = trainingOf(view);
    return training.templates.flatMap((template) => [
      ...onInterfaces(template),
      ...onSubnets(template, training),
    ]);
  },
};

function onInterfaces({ resource, interfaces }: EfaTemplate): Finding[] {
  const whole = flagAt(resource, "associatePublicIpAddress", "spec.associatePublicIPAddress");
  if (interfaces.length > 1 && whole.state === "known" && whole.value) {
    const message = `${resource.name} asks for a public address on nodes with EFA.`;
    return [broken(resource, whole.path, message)];
  }
  return interfaces.flatMap(({ path, properties }) => {
    const value = properties.associatePublicIpAddress;
    const property = `${path}.associatePublicIpAddress`;
    if (value === "true" || value === true) {
      return [broken(resource, property, `${resource.name} asks for a public address on nodes with EFA.`)];
    }
    if (!isUnknown(value)) return [];
    return [
      notShown(
        resource,
        property,
        `Nothing shows that nodes of ${resource.name} get no public address: it is not known before creation.`,
      ),
    ];
  });
}

function onSubnets({ resource, property, interfaces, users }: EfaTemplate, training: Training): Finding[] {
  if (interfaces.length < 2) return [];
  const subnets = users.flatMap(
    (user) => training.named(user, subnetsOf(user).path, tokens.subnet).resources,
  );
  return [...new Set(subnets)].flatMap((subnet) => {
    const maps = flagAt(subnet, "mapPublicIpOnLaunch");
    if (maps.state !== "known" || !maps.value) return [];
    const via = [{ urn: subnet.urn, property: "mapPublicIpOnLaunch" }];
    return [
      broken(
        resource,
        property,
        `Subnet ${subnet.name} maps a public address onto nodes of ${resource.name}, which have several interfaces.`,
        { via },
      ),
    ];
  });
}
