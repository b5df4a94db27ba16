import { type Finding, isUnknown, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { broken, inDoubt, notKnown } from "./findings";
import { fieldOf, type Manifest, ofKind, textOf } from "./manifests";

const PATH = "spec.ibKubernetes.ufmSecret";

export const secretIsThere: Rule = {
  id: "ib-kubernetes-finds-its-secret",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "The secret with the access to UFM is declared, under the name that the policy asks for, and created before it.",
  remediation:
    "Declare the secret in the namespace of the operator and let the NicClusterPolicy depend on it.",
  evaluate: (view) => ofKind(view, "NicClusterPolicy").flatMap((policy) => judge(view, policy)),
};

function judge(view: View, policy: Manifest): Finding[] {
  const value = fieldOf(policy.properties, "spec", "ibKubernetes", "ufmSecret");
  if (isUnknown(value)) return [notKnown(policy, PATH)];
  const name = textOf(value);
  if (name === undefined) return [];
  const secrets = ofKind(view, "Secret", "ExternalSecret", "SealedSecret").filter(
    ({ cluster }) => cluster === policy.cluster,
  );
  const secret = secrets.find((candidate) => candidate.name === name);
  if (secret) {
    return comesFirst(view, policy, secret)
      ? []
      : [broken(policy, PATH, `${name} may be created after the policy, which then never becomes ready.`)];
  }
  if (secrets.some(({ properties }) => isUnknown(fieldOf(properties, "metadata", "name")))) {
    return [notKnown(policy, PATH)];
  }
  if (secrets.length === 0) {
    return [inDoubt(policy, PATH, `no secret of this program is called ${name}, and nothing shows another.`)];
  }
  const there = secrets.flatMap((candidate) => candidate.name ?? []).sort();
  return [broken(policy, PATH, `no secret is called ${name}; there is ${there.join(", ")}.`)];
}

/** Dependencies may lead over other resources. */
function comesFirst(view: View, policy: Manifest, secret: Manifest): boolean {
  const byUrn = new Map(view.graph.resources.map((resource) => [resource.urn, resource]));
  const seen = new Set<string>();
  const waiting = [policy.resource.urn];
  for (let urn = waiting.pop(); urn !== undefined; urn = waiting.pop()) {
    if (urn === secret.resource.urn) return true;
    if (seen.has(urn)) continue;
    seen.add(urn);
    waiting.push(...(byUrn.get(urn)?.dependencies ?? []));
  }
  return false;
}
