import {
  declaredProperties,
  type Finding,
  isUnknown,
  leavesAt,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";
import { resourcesOf } from "./trust";

const CLUSTER = "aws:eks/cluster:Cluster";
const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

/** What STS is asked for; another audience means a token that was meant for somebody else. */
const STS_AUDIENCE = /^sts\.amazonaws\.com(\.cn)?$/;

/** Issuers at which everybody may have an account: their tokens say that somebody is somebody. */
const publicIssuers = [
  "token.actions.githubusercontent.com",
  "gitlab.com",
  "app.terraform.io",
  "api.bitbucket.org",
  "oidc.circleci.com",
  "accounts.google.com",
  "graph.facebook.com",
  "www.amazon.com",
  "appleid.apple.com",
];

/** One provider is trusted by the whole account, so it must be one whose every subject the account answers for. */
export const providersAreExpected: Rule = {
  id: "identity-providers-are-expected",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description:
    "An account trusts only issuers that belong to its owner, and only tokens that were made for STS.",
  remediation:
    "Trust the issuer of your own cluster or SPIFFE domain for sts.amazonaws.com; exempt a public issuer by settings.exemptions.",
  evaluate: (view) =>
    resourcesOf(view, PROVIDER).flatMap((provider) => [...issuer(view, provider), ...audiences(provider)]),
};

/** The issuer of a cluster of this program, which has no address before the cluster exists. */
function isOfOwnCluster(view: View, provider: PlannedResource): boolean {
  const origins = provider.propertyDependencies.url ?? [];
  return origins.length === 1 && origins.every((urn) => view.graph.byUrn(urn)?.type === CLUSTER);
}

function issuer(view: View, provider: PlannedResource): Finding[] {
  const { url } = declaredProperties(provider);
  if (isUnknown(url) && isOfOwnCluster(view, provider)) return [];
  if (typeof url !== "string")
    return [notShown(provider, "url", `Which issuer ${provider.name} trusts is not known before creation.`)];
  const host =
    url
      .replace(/^https?:\/\//, "")
      .split(/[/:]/, 1)[0]
      ?.toLowerCase() ?? "";
  if (url.startsWith("http:") || host === "")
    return [broken(provider, "url", `"${url}" is no https address of an issuer.`)];
  const shared = publicIssuers.find((issuer) => host === issuer || host.endsWith(`.${issuer}`));
  return shared
    ? [broken(provider, "url", `${host} gives tokens to everybody who has an account there.`)]
    : [];
}

function audiences(provider: PlannedResource): Finding[] {
  const leaves = leavesAt(declaredProperties(provider), "clientIdLists[]");
  if (leaves.length === 0)
    return [broken(provider, "clientIdLists", `${provider.name} takes tokens for every audience.`)];
  return leaves.flatMap(({ path, value }) => {
    if (typeof value !== "string")
      return [notShown(provider, path, `An audience of ${provider.name} is not known before creation.`)];
    return STS_AUDIENCE.test(value)
      ? []
      : [broken(provider, path, `${provider.name} takes tokens that were made for "${value}".`)];
  });
}
