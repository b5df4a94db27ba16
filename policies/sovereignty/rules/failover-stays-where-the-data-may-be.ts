import type { Rule } from "@hybrid-ai-fabric/graph";
import { judgePlaces, presences } from "./arrivals";
import { isFailover } from "./failover";

export const failoverStays: Rule = {
  id: "failover-stays-where-the-data-may-be",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "Whatever takes over when a place fails, or is picked by latency or weight, stands where the data may be: it takes the traffic on the worst day.",
  remediation: "Fail over inside the residency, or keep a set of records and endpoints per legal area.",
  evaluate: (view) =>
    presences(view)
      .filter(({ arrival }) => isFailover(arrival.node))
      .flatMap((presence) =>
        presence.arrival.node.dimensions.flatMap((dimension) =>
          judgePlaces(view, presence, dimension, "can be answered from"),
        ),
      ),
};
