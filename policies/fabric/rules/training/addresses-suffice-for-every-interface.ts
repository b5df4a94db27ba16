import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { textAt } from "@hybrid-ai-fabric/graph/interconnect";
import {
  type EfaTemplate,
  mostNodes,
  subnetsOf,
  type Training,
  tokens,
  trainingOf,
} from "@hybrid-ai-fabric/graph/training";

/** Addresses of a subnet that AWS keeps for itself. */
const RESERVED = 5;

export const addressesSuffice: Rule = {
  id: "addresses-suffice-for-every-interface",
  pack: "fabric",
  severity: "medium",
  level: "mandatory",
  description:
    "A subnet has an address for every interface that takes one: with kind efa a node of 32 cards takes 32, with efa-only one.",
  remediation: "Use efa-only on all but the primary interface, or a larger subnet.",
  evaluate: (view) => {
    const training = trainingOf(view);
    return training.templates.flatMap((template) =>
      template.users.flatMap((user) => judge(template, user, training)),
    );
  },
};

function judge({ interfaces }: EfaTemplate, user: PlannedResource, training: Training): Finding[] {
  const addresses = interfaces.filter(({ kind }) => kind !== "efa-only").length;
  const nodes = mostNodes(user);
  const { property, path } = subnetsOf(user);
  const { resources } = training.named(user, path, tokens.subnet);
  return resources.flatMap((subnet) => {
    const cidr = textAt(subnet, "cidrBlock");
    const via = [{ urn: subnet.urn, property: "cidrBlock" }];
    if (cidr.state === "absent") return [];
    const length = cidr.state === "known" ? Number(cidr.value.split("/")[1]) : Number.NaN;
    if (nodes === undefined || Number.isNaN(length)) {
      return [
        notShown(
          user,
          property,
          `Nothing shows that ${subnet.name} has addresses for ${user.name}: its size or theirs is not known before creation.`,
          { via },
        ),
      ];
    }
    const free = 2 ** (32 - length) - RESERVED;
    if (nodes * addresses <= free) return [];
    return [
      broken(
        user,
        property,
        `${user.name} takes ${nodes} nodes with ${addresses} addresses each; ${subnet.name} has ${free}.`,
        { via },
      ),
    ];
  });
}
