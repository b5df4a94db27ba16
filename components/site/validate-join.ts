import { readPrefix } from "../network/prefixes";
import type { ArgumentProblem } from "../problems";
import type { HybridJoinArgs, HybridJoinOnSite } from "./hybrid-join";

/** Networks that EKS takes for remote nodes and pods: RFC 1918, /8 to /32 (EKS user guide, read 2026-11). */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

interface Named {
  propertyPath: string;
  text: string;
}

/** What is certainly wrong with a join. */
export function validateJoin(args: HybridJoinArgs): ArgumentProblem[] {
  const { eks, onSite } = args;
  if ((eks === undefined) === (onSite === undefined))
    return [
      {
        propertyPath: "eks",
        reason: "exactly one of eks and onSite must be given: the control plane is in the region or on site",
      },
    ];
  if (onSite) return validateFederation(onSite);
  if (!eks) return [];
  const { rolesAnywhere, ssm } = eks;
  const remote = [
    ...eks.remoteNodeCidrs.map((text, index) => ({ propertyPath: `eks.remoteNodeCidrs[${index}]`, text })),
    ...eks.remotePodCidrs.map((text, index) => ({ propertyPath: `eks.remotePodCidrs[${index}]`, text })),
  ];
  const local = [
    { propertyPath: "eks.vpcCidr", text: eks.vpcCidr },
    { propertyPath: "eks.serviceCidr", text: eks.serviceCidr },
  ];
  const networks = [...remote, ...local];
  const malformed = networks.flatMap(malformedPrefix);
  return [
    ...((rolesAnywhere === undefined) === (ssm === undefined)
      ? [
          {
            propertyPath: "eks.rolesAnywhere",
            reason:
              "exactly one of rolesAnywhere and ssm must be given: a node takes credentials from one of them",
          },
        ]
      : []),
    ...(eks.remoteNodeCidrs.length > 0
      ? []
      : [{ propertyPath: "eks.remoteNodeCidrs", reason: "is empty: no node could join" }]),
    ...malformed,
    ...(malformed.length > 0 ? [] : [...publicPrefixes(remote), ...overlaps(networks)]),
  ];
}

function validateFederation({
  issuerUrl,
  serviceAccount,
  certificates,
}: HybridJoinOnSite): ArgumentProblem[] {
  const problem = (property: string, reason: string) => ({ propertyPath: `onSite.${property}`, reason });
  if ((issuerUrl === undefined) === (certificates === undefined))
    return [
      problem(
        "issuerUrl",
        "exactly one of issuerUrl and certificates must be given: AWS takes tokens, or certificates of the site",
      ),
    ];
  if (certificates)
    return /^[^*?]+$/.test(certificates.commonName)
      ? []
      : [
          problem(
            "certificates.commonName",
            `"${certificates.commonName}" must name one certificate, without * or ?`,
          ),
        ];
  return [
    ...(issuerUrl?.startsWith("https://")
      ? []
      : [
          problem("issuerUrl", `"${issuerUrl}" must begin with https://: AWS fetches keys from nothing else`),
        ]),
    ...(/^[^:*?]+:[^:*?]+$/.test(serviceAccount ?? "")
      ? []
      : [
          problem(
            "serviceAccount",
            `"${serviceAccount ?? ""}" must be a namespace and a service account, such as training:trainer`,
          ),
        ]),
  ];
}

function malformedPrefix({ propertyPath, text }: Named): ArgumentProblem[] {
  try {
    readPrefix(text);
    return [];
  } catch (error) {
    return [{ propertyPath, reason: (error as Error).message }];
  }
}

function publicPrefixes(remote: readonly Named[]): ArgumentProblem[] {
  return remote
    .filter(({ text }) => !PRIVATE.some((block) => contains(block, text)))
    .map(({ propertyPath, text }) => ({
      propertyPath,
      reason: `"${text}" is outside of ${PRIVATE.join(", ")}, and EKS takes no other remote network`,
    }));
}

function overlaps(networks: readonly Named[]): ArgumentProblem[] {
  return networks.flatMap(({ propertyPath, text }, index) =>
    networks
      .slice(0, index)
      .filter((other) => contains(other.text, text) || contains(text, other.text))
      .map((other) => ({
        propertyPath,
        reason: `"${text}" overlaps ${other.text} of ${other.propertyPath}`,
      })),
  );
}

function contains(outer: string, inner: string): boolean {
  const a = readPrefix(outer);
  const b = readPrefix(inner);
  const size = 2 ** (32 - a.length);
  return a.length <= b.length && Math.floor(a.first / size) === Math.floor(b.first / size);
}
