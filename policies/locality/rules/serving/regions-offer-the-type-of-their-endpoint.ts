import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { asked, hiddenBecause } from "@hybrid-ai-fabric/graph/interconnect";
import {
  bareType,
  describePlacement,
  placeEndpoint,
  servingOffersAsOf,
  typeOffer,
} from "@hybrid-ai-fabric/locality";
import { type ServingPlan, servingOf, tokens } from "./serving-plan";

/** AWS price lists by region (cfn-lint 1.58.0, 2026-10-20). Offers change, so what they say only warns. */
export const regionsOffer: Rule = {
  id: "regions-offer-the-type-of-their-endpoint",
  pack: "locality",
  severity: "medium",
  level: "advisory",
  description:
    "The region of an endpoint has the instance type that it asks for. Offers change, so what the table says only warns; its date is in the message.",
  remediation: "Take a type that the region has, or one of the regions that are proposed.",
  evaluate: (view) => {
    const plan = servingOf(view);
    return plan
      .all(tokens.configuration, tokens.nativeConfiguration)
      .flatMap((configuration) => judge(plan, configuration));
  },
};

function judge(plan: ServingPlan, configuration: PlannedResource): Finding[] {
  return asked(configuration, "productionVariants[].instanceType").flatMap(({ path, value }) => {
    const at = plan.regionOf(configuration);
    if (typeof value !== "string" || "unknown" in at) {
      const why = "unknown" in at ? at.unknown : (hiddenBecause(value) ?? "it is not a text");
      return [
        notShown(
          configuration,
          path,
          `Nothing shows whether the region offers the type of ${configuration.name}: ${why}.`,
        ),
      ];
    }
    const offer = typeOffer(at.region, value, "hosting");
    if (offer === undefined || offer.offered) return [];
    const placement = placeEndpoint({
      residency: plan.residencyOf(configuration),
      instanceType: value,
      populations: [],
    });
    const what = offer.by === "type" ? bareType(value) : `the family of ${bareType(value)}`;
    const message = `${at.region} does not offer ${what} for endpoints (collected on ${servingOffersAsOf}). Proposed: ${describePlacement(placement)}.`;
    return [broken(configuration, path, message)];
  });
}
