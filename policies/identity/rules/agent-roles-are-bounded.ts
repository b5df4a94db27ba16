import { declaredProperties, type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";
import { isAgentRole, isLabelledAgent, type Trust, trustsOf } from "./trust";

/** Seconds; what STS gives when nobody asks for more. */
const LONGEST_SESSION = 3600;

/** Roles that are no agent's are only advised: who owns nodes and pipelines may bound them otherwise. */
export const agentRolesAreBounded: Rule = {
  id: "agent-roles-are-bounded",
  pack: "identity",
  severity: "medium",
  level: "mandatory",
  description:
    "The role of a workload has a permissions boundary and sessions of an hour at most, so that a wrong grant stays small and short.",
  remediation: "Set permissionsBoundary, and leave maxSessionDuration at 3600 or below.",
  evaluate: (view) => trustsOf(view).filter(isAgentRole).flatMap(bounds),
};

function bounds({ role }: Trust): Finding[] {
  const { permissionsBoundary, maxSessionDuration } = declaredProperties(role);
  const level = isLabelledAgent(role) ? "mandatory" : "advisory";
  const absent =
    permissionsBoundary === undefined || permissionsBoundary === null || permissionsBoundary === "";
  return [
    ...(absent
      ? [broken(role, "permissionsBoundary", `Role ${role.name} has no permissions boundary.`, level)]
      : []),
    ...(isUnknown(maxSessionDuration)
      ? [notShown(role, "maxSessionDuration", `How long sessions of role ${role.name} last is not known.`)]
      : Number(maxSessionDuration ?? LONGEST_SESSION) > LONGEST_SESSION
        ? [
            broken(
              role,
              "maxSessionDuration",
              `Sessions of role ${role.name} last ${maxSessionDuration} s.`,
              level,
            ),
          ]
        : []),
  ];
}
