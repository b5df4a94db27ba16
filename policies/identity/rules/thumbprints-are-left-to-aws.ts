import { declaredProperties, isUnknown, leavesAt, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";
import { resourcesOf } from "./trust";

/** IAM checks issuers by its own certificate authorities; a pinned thumbprint is ignored, and stays when removed (provider documentation). */
export const thumbprintsAreLeft: Rule = {
  id: "thumbprints-are-left-to-aws",
  pack: "identity",
  severity: "low",
  level: "advisory",
  description:
    "Thumbprints of issuers are left out: AWS ignores them for known authorities, and removing them later changes nothing.",
  remediation: "Leave thumbprintLists out unless the issuer has a certificate of its own.",
  evaluate: (view) =>
    resourcesOf(view, "aws:iam/openIdConnectProvider:OpenIdConnectProvider").flatMap((provider) => {
      const [leaf] = leavesAt(declaredProperties(provider), "thumbprintLists");
      if (!leaf) return [];
      const message = `${provider.name} pins thumbprints of its issuer.`;
      return [
        isUnknown(leaf.value) ? notShown(provider, leaf.path, message) : broken(provider, leaf.path, message),
      ];
    }),
};
