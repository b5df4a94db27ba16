import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { textAt } from "@hybrid-ai-fabric/graph/interconnect";
import {
  type EfaTemplate,
  subnetsOf,
  type Training,
  tokens,
  trainingOf,
} from "@hybrid-ai-fabric/graph/training";
import { zoneOffer, zoneOffersAsOf } from "@hybrid-ai-fabric/locality";

export const zonesOffer: Rule = {
  id: "zones-offer-the-instance-type",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "The zone of a cluster offers its instance type. Offers change, so what the table says only warns; its date is in the message.",
  remediation: "Ask EC2 for the offerings of the zone, or take one of the zones that are named.",
  evaluate: (view) => {
    const training = trainingOf(view);
    return training.templates.flatMap((template) =>
      template.users.flatMap((user) => judge(template, user, training)),
    );
  },
};

function judge({ type }: EfaTemplate, user: PlannedResource, training: Training): Finding[] {
  if (!type || !("is" in type)) return [];
  const { property, path } = subnetsOf(user);
  return training.named(user, path, tokens.subnet).resources.flatMap((subnet) => {
    const zone = textAt(subnet, "availabilityZoneId");
    const region = textAt(subnet, "region");
    const via = [{ urn: subnet.urn, property: "availabilityZoneId" }];
    if (zone.state === "absent") return [];
    if (zone.state === "hidden" || region.state !== "known") {
      return [
        notShown(
          user,
          property,
          `Nothing shows whether the zone of ${subnet.name} offers ${type.is.id}: zone or region are not known before creation.`,
          { via },
        ),
      ];
    }
    const offer = zoneOffer(region.value, type.is.id, zone.value);
    if (offer.offered !== "elsewhere") return [];
    const message = `${zone.value} does not offer ${type.is.id}; ${offer.zones.join(", ")} does (collected until ${zoneOffersAsOf}).`;
    return [broken(user, property, message, { via })];
  });
}
