import { declaredProperties, type Rule } from "@hybrid-ai-fabric/graph";
import { readDocument, type Statement } from "./document";
import { broken, notShown } from "./findings";
import { resourcesOf } from "./trust";

const POLICY_VARIABLE = /\$\{iot:(Connection\.Thing\.ThingName|ClientId|Certificate\.)/;

export const devicesAreConfined: Rule = {
  id: "devices-reach-only-their-own-topics",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description:
    "A certificate of IoT Core connects as one client and uses named topics: a stolen one is not the key to all of them.",
  remediation: "Allow iot:Connect, Publish, Subscribe and Receive on ARNs of single clients and topics.",
  evaluate: (view) =>
    resourcesOf(view, "aws:iot/policy:Policy").flatMap((resource) => {
      const document = readDocument(declaredProperties(resource).policy);
      if (!document) return [];
      if ("unreadable" in document)
        return [
          notShown(
            resource,
            "policy",
            `What ${resource.name} allows cannot be read: ${document.unreadable}.`,
          ),
        ];
      return document.statements
        .filter(isWide)
        .map(({ name }) =>
          broken(resource, "policy", `Statement ${name} of ${resource.name} allows every client or topic.`),
        );
    }),
};

function isWide({ allows, actions, resources }: Statement): boolean {
  if (!allows) return false;
  if (actions.some((action) => action === "*" || action.toLowerCase() === "iot:*")) return true;
  return resources.some(
    (resource) =>
      resource !== undefined &&
      !POLICY_VARIABLE.test(resource) &&
      (resource === "*" || /:(client|topic|topicfilter)\/[*#]?$/.test(resource)),
  );
}
