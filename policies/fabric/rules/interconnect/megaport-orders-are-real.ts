import {
  broken,
  compare,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { interconnectOf, textAt } from "@hybrid-ai-fabric/graph/interconnect";

/** `environment` defaults to staging: Megaport provider 1.13.1. */
export const megaportOrdersAreReal: Rule = {
  id: "megaport-orders-are-real",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "The Megaport provider orders in production: its default is staging, where every order succeeds and no circuit is ever built.",
  remediation: "Set environment to production at the provider (megaport:environment).",
  evaluate: (view) => {
    const { all, byUrn } = interconnectOf(view);
    const orders = all("vxc", "mcr", "megaportPort", "lagPort", "mve");
    const providers = new Set(
      orders.flatMap(({ provider }) => (provider === undefined ? [] : (byUrn(provider) ?? []))),
    );
    return [...providers].sort((a, b) => compare(a.urn, b.urn)).flatMap(judge);
  },
};

function judge(provider: PlannedResource): Finding[] {
  const environment = textAt(provider, "environment");
  if (environment.state === "known" && environment.value === "production") return [];
  if (environment.state === "hidden") {
    return [
      notShown(
        provider,
        "environment",
        `Nothing shows whether ${provider.name} orders in production: ${environment.why}.`,
      ),
    ];
  }
  const value = environment.state === "known" ? environment.value : "staging, the default";
  return [broken(provider, "environment", `${provider.name} orders in ${value}: no circuit will be built.`)];
}
