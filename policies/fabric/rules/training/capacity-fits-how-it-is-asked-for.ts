import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { asked, numberAt, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import {
  type EfaTemplate,
  purchaseOf,
  type Training,
  targetOf,
  tokens,
  trainingOf,
} from "@hybrid-ai-fabric/graph/training";

export const capacityFits: Rule = {
  id: "capacity-fits-how-it-is-asked-for",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A Capacity Block is asked for in template and node group alike, and no placement group is set for capacity that was reserved outside of one; half of it ends in InsufficientInstanceCapacity.",
  remediation:
    "For a block: marketType capacity-block, its id as target, instanceType in the template, capacityType CAPACITY_BLOCK, no placement group. For a reservation: the placement group that it was made in, or none.",
  evaluate: (view) => {
    const training = trainingOf(view);
    return training.templates.flatMap((template) => [
      ...block(template, training),
      ...placement(template, training),
    ]);
  },
};

function block(template: EfaTemplate, training: Training): Finding[] {
  const { resource, users } = template;
  const purchase = purchaseOf(resource);
  const market = "instanceMarketOptions.marketType";
  if (purchase === undefined) {
    return [
      notShown(
        resource,
        market,
        `Nothing shows how ${resource.name} buys its nodes: the market type is not known before creation.`,
      ),
    ];
  }
  const asBlock = users.filter(
    (user) => user.type === tokens.nodeGroup && user.inputs.capacityType === "CAPACITY_BLOCK",
  );
  if (purchase !== "capacity-block") {
    return asBlock.map((user) =>
      broken(
        user,
        "capacityType",
        `${user.name} asks for a Capacity Block, but its template ${resource.name} has no marketType capacity-block.`,
      ),
    );
  }
  const missing: [boolean, string, string][] = [
    [
      targetOf(resource).length === 0,
      "capacityReservationSpecification",
      "names no reservation as its target",
    ],
    [asked(resource, "instanceType").length === 0, "instanceType", "has no instance type"],
  ];
  return [
    ...missing.flatMap(([is, property, text]) =>
      is ? [broken(resource, property, `${resource.name} launches into a Capacity Block but ${text}.`)] : [],
    ),
    ...users
      .filter((user) => user.type === tokens.nodeGroup && !asBlock.includes(user))
      .map((user) =>
        broken(
          user,
          "capacityType",
          `${user.name} launches from ${resource.name} into a Capacity Block, but its capacityType is not CAPACITY_BLOCK.`,
        ),
      ),
    ...users.flatMap((user) => early(user, resource, training)),
  ];
}

/** A block that is bought in this very plan has not begun when its nodes are asked for. */
function early(user: PlannedResource, template: PlannedResource, training: Training): Finding[] {
  const target = "capacityReservationSpecification.capacityReservationTarget.capacityReservationId";
  const [bought] = training.named(template, target, tokens.block).resources;
  const nodes = numberAt(
    user,
    user.type === tokens.nodeGroup ? "scalingConfig.desiredSize" : "desiredCapacity",
  );
  if (!bought || nodes.state !== "known" || nodes.value === 0) return [];
  const message = `${user.name} asks for ${nodes.value} nodes at once, but its Capacity Block ${bought.name} may begin weeks from now.`;
  return [broken(user, nodes.path, message, { level: "advisory", via: [{ urn: bought.urn, property: "" }] })];
}

function placement({ resource }: EfaTemplate, training: Training): Finding[] {
  const placed = asked(resource, "placement.groupName", "placement.groupId").length > 0;
  const purchase = purchaseOf(resource);
  if (!placed || purchase === "on-demand" || purchase === "spot" || purchase === undefined) return [];
  if (purchase === "capacity-block") {
    return [
      broken(
        resource,
        "placement",
        `${resource.name} sets a placement group for a Capacity Block, which is not in one.`,
      ),
    ];
  }
  const target = "capacityReservationSpecification.capacityReservationTarget.capacityReservationId";
  const { resources } = training.named(resource, target, tokens.reservation);
  if (resources.length === 0) {
    const message = `Nothing shows that the reservation of ${resource.name} was made in its placement group.`;
    return [notShown(resource, "placement", message, { level: "advisory" })];
  }
  return resources.flatMap((reservation) => {
    const made = textAt(reservation, "placementGroupArn");
    if (made.state !== "absent") return [];
    const via = [{ urn: reservation.urn, property: "placementGroupArn" }];
    return [
      broken(
        resource,
        "placement",
        `${resource.name} sets a placement group, but ${reservation.name} was reserved outside of one.`,
        { via },
      ),
    ];
  });
}
