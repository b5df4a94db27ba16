import {
  declaredProperties,
  type Finding,
  isRecord,
  isUnknown,
  leavesAt,
  type PlannedResource,
  type Properties,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";

const kinds = {
  peer: /^kubernetes:security\.istio\.io\/v1(beta1)?:PeerAuthentication$/,
  request: /^kubernetes:security\.istio\.io\/v1(beta1)?:RequestAuthentication$/,
  authorization: /^kubernetes:security\.istio\.io\/v1(beta1)?:AuthorizationPolicy$/,
  gateway: /^kubernetes:agentgateway\.dev\/v1alpha1:AgentgatewayPolicy$/,
};

/** Holes of a mesh that look closed: permissive peers, tokens without audience, tokens that nobody asks for, callers named `*` or not at all. */
export const meshesDeny: Rule = {
  id: "meshes-deny-what-is-not-declared",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description: "In a mesh every connection is encrypted and every caller named.",
  remediation:
    "Use mTLS STRICT, audiences in every JWT rule, an ALLOW on requestPrincipals beside each RequestAuthentication, and principals by name.",
  evaluate: (view) => [
    ...matching(view, kinds.peer).flatMap(peers),
    ...matching(view, kinds.request).flatMap((resource) => requests(resource, view)),
    ...matching(view, kinds.authorization).flatMap(callers),
    ...matching(view, kinds.gateway).flatMap(gatewayTokens),
  ],
};

function matching(view: View, kind: RegExp): PlannedResource[] {
  return view.graph.resources.filter(({ type }) => kind.test(type));
}

function peers(resource: PlannedResource): Finding[] {
  const properties = declaredProperties(resource);
  const modes = [...leavesAt(properties, "spec.mtls.mode"), ...portModes(properties)];
  if (modes.length === 0)
    return [broken(resource, "spec.mtls.mode", `${resource.name} asks for no encryption.`)];
  return modes.flatMap(({ path, value }) => {
    if (value === "STRICT") return [];
    if (isUnknown(value)) return [notShown(resource, path, `The mode of ${resource.name} is not known yet.`)];
    return [broken(resource, path, `${resource.name} takes plain text (mode ${String(value)}).`)];
  });
}

function portModes(properties: Properties): { path: string; value: Properties[string] }[] {
  const [ports] = leavesAt(properties, "spec.portLevelMtls");
  if (!ports) return [];
  if (!isRecord(ports.value) || isUnknown(ports.value)) return [ports];
  return Object.keys(ports.value).flatMap((port) => leavesAt(properties, `spec.portLevelMtls.${port}.mode`));
}

function requests(resource: PlannedResource, view: View): Finding[] {
  const properties = declaredProperties(resource);
  const rules = leavesAt(properties, "spec.jwtRules[]");
  const open = rules.flatMap(({ path, value }) =>
    isRecord(value) && !isUnknown(value) && leavesAt(value, "audiences").length > 0
      ? []
      : [
          isUnknown(value)
            ? notShown(resource, path, `The tokens that ${resource.name} takes are not known yet.`)
            : broken(
                resource,
                `${path}.audiences`,
                `${resource.name} takes tokens that were made for somebody else.`,
              ),
        ],
  );
  const paired = matching(view, kinds.authorization).some(
    (policy) => namespaceOf(policy) === namespaceOf(resource) && asksForTokens(policy),
  );
  return paired
    ? open
    : [
        ...open,
        broken(
          resource,
          "spec",
          `${resource.name} lets requests without any token through: no ALLOW asks for one.`,
        ),
      ];
}

function namespaceOf(resource: PlannedResource): string {
  const [leaf] = leavesAt(declaredProperties(resource), "metadata.namespace");
  return typeof leaf?.value === "string" ? leaf.value : "";
}

function asksForTokens(policy: PlannedResource): boolean {
  return leavesAt(declaredProperties(policy), "spec.rules[].from[].source.requestPrincipals").length > 0;
}

function callers(resource: PlannedResource): Finding[] {
  const properties = declaredProperties(resource);
  const [action] = leavesAt(properties, "spec.action");
  if (action !== undefined && action.value !== "ALLOW") return [];
  const named = ["principals", "requestPrincipals", "serviceAccounts"].flatMap((key) =>
    leavesAt(properties, `spec.rules[].from[].source.${key}`),
  );
  const nameless = leavesAt(properties, "spec.rules[]").filter(
    ({ value }) => isRecord(value) && !isUnknown(value) && leavesAt(value, "from").length === 0,
  );
  return [...named.filter(({ value }) => value === "*"), ...nameless].map(({ path }) =>
    broken(resource, path, `${resource.name} allows every caller.`),
  );
}

function gatewayTokens(resource: PlannedResource): Finding[] {
  const properties = declaredProperties(resource);
  const [mode] = leavesAt(properties, "spec.traffic.jwtAuthentication.mode");
  const anybody = leavesAt(properties, "spec.traffic.jwtAuthentication.providers[]").flatMap(
    ({ path, value }) =>
      isRecord(value) && !isUnknown(value) && leavesAt(value, "audiences").length === 0
        ? [broken(resource, path, `${resource.name} takes tokens that were made for somebody else.`)]
        : [],
  );
  const optional =
    mode?.value === "Optional" || mode?.value === "Permissive"
      ? [broken(resource, mode.path, `${resource.name} lets requests without a token through.`)]
      : [];
  return [...optional, ...anybody];
}
