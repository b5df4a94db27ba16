import { isRecord, isUnknown, leavesAt, type PlannedResource, type Value } from "@hybrid-ai-fabric/graph";
import { type Training, tokens } from "@hybrid-ai-fabric/graph/training";

/** Who may speak with whom: pairs of security groups by direction, for all protocols. */
export interface Allowances {
  /** `direction owner peer`, by URN. */
  open: ReadonlySet<string>;
  /** `direction owner` of groups with a rule whose peer cannot be read. */
  hidden: ReadonlySet<string>;
}

type Direction = "ingress" | "egress";

/** Reads the three ways in which a rule can be written: a resource of its own, the older one, and inline. */
export function allowancesOf(training: Training): Allowances {
  const open = new Set<string>();
  const hidden = new Set<string>();
  const note = (
    direction: Direction,
    owner: PlannedResource,
    peers: readonly PlannedResource[],
    lost: boolean,
  ) => {
    for (const peer of peers) open.add(`${direction} ${owner.urn} ${peer.urn}`);
    if (lost) hidden.add(`${direction} ${owner.urn}`);
  };
  for (const [type, direction] of [
    [tokens.ingressRule, "ingress"],
    [tokens.egressRule, "egress"],
  ] as const) {
    for (const rule of training.all(type)) {
      const protocol = rule.inputs.ipProtocol;
      if (!isAll(protocol)) continue;
      const peers = training.named(rule, "referencedSecurityGroupId", tokens.securityGroup);
      for (const owner of training.named(rule, "securityGroupId", tokens.securityGroup).resources) {
        note(
          direction,
          owner,
          peers.resources,
          peers.lost > 0 || (isUnknown(protocol) && peers.resources.length > 0),
        );
      }
    }
  }
  for (const rule of training.all(tokens.oldRule)) {
    if (!isAll(rule.inputs.protocol)) continue;
    const direction = rule.inputs.type === "egress" ? "egress" : "ingress";
    const peers = training.named(rule, "sourceSecurityGroupId", tokens.securityGroup);
    for (const owner of training.named(rule, "securityGroupId", tokens.securityGroup).resources) {
      note(direction, owner, rule.inputs.self === true ? [owner] : peers.resources, peers.lost > 0);
    }
  }
  for (const group of training.all(tokens.securityGroup)) {
    for (const direction of ["ingress", "egress"] as const) {
      for (const { value } of leavesAt(group.inputs, direction)) {
        if (isUnknown(value)) hidden.add(`${direction} ${group.urn}`);
        else if (isRecord(value) && isAll(value.protocol)) {
          const named = training.named(
            group,
            `${direction}[].securityGroups[]`,
            tokens.securityGroup,
          ).resources;
          note(direction, group, value.self === true ? [group, ...named] : named, false);
        }
      }
    }
  }
  return { open, hidden };
}

/** An unknown protocol may be all of them. */
function isAll(protocol: Value | undefined): boolean {
  return protocol === "-1" || protocol === -1 || protocol === "all" || isUnknown(protocol);
}

export function allows(
  { open, hidden }: Allowances,
  owner: PlannedResource,
  peer: PlannedResource,
  direction: Direction,
): "yes" | "no" | "hidden" {
  if (open.has(`${direction} ${owner.urn} ${peer.urn}`)) return "yes";
  return hidden.has(`${direction} ${owner.urn}`) ? "hidden" : "no";
}
