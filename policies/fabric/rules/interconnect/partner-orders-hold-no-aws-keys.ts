import {
  broken,
  compare,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
  type Value,
} from "@hybrid-ai-fabric/graph";
import { hiddenBecause, interconnectOf } from "@hybrid-ai-fabric/graph/interconnect";

/** Where an order can carry free text: examples of Equinix put AWS keys there, and no attribute of 5.1.0 is sensitive. */
const places = [
  "additionalInfos[]",
  "additionalInfo[]",
  "aSide.additionalInfos[]",
  "aSide.additionalInfo[]",
  "zSide.additionalInfos[]",
  "zSide.additionalInfo[]",
];

/** `accessKey` and `secretKey` are the names that Equinix's examples use; an access key id has a form of its own (AWS IAM). */
const keyName = /^(aws[-_ ]?)?(access|secret)[-_ ]?(access[-_ ]?)?key([-_ ]?id)?$/i;
const accessKeyId = /\b(AKIA|ASIA)[0-9A-Z]{16}\b/;

export const ordersHoldNoKeys: Rule = {
  id: "partner-orders-hold-no-aws-keys",
  pack: "fabric",
  severity: "critical",
  level: "mandatory",
  description:
    "No order hands an AWS access key to a carrier in additionalInfos: it would stand in state and in the carrier's systems, and accepting a connection needs none.",
  remediation:
    "Remove the keys, revoke them, and accept the connection by aws.directconnect.ConnectionConfirmation.",
  evaluate: (view) =>
    interconnectOf(view)
      .all("fabricConnection")
      .flatMap((connection) => places.flatMap((place) => judge(connection, place)))
      .sort((a, b) => compare(a.urn, b.urn)),
};

function judge(connection: PlannedResource, place: string): Finding[] {
  return leavesAt(connection.inputs, place).flatMap(({ path, value }) => {
    const why = hiddenBecause(value);
    if (why !== undefined) {
      const message = `Nothing shows that ${path} of ${connection.name} holds no AWS key: ${why}.`;
      return [notShown(connection, path, message)];
    }
    const name = named(value);
    if (name === undefined) return [];
    return [broken(connection, path, `${path} of ${connection.name} holds an AWS key (${name}).`)];
  });
}

/** The name under which a key stands there; never its value. Both `{ key, value }` and a plain map are in use. */
function named(value: Value): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const names = [...Object.keys(value), ...(typeof value.key === "string" ? [value.key] : [])];
  const name = names.find((candidate) => keyName.test(candidate));
  if (name !== undefined) return name;
  const holds = Object.values(value).some((text) => typeof text === "string" && accessKeyId.test(text));
  return holds ? "an access key id" : undefined;
}
