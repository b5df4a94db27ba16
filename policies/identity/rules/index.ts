import type { Rule } from "@hybrid-ai-fabric/graph";
import { endpointsAuthenticate } from "./agent-endpoints-authenticate-callers";
import { agentRolesAreBounded } from "./agent-roles-are-bounded";
import { brokersAuthenticate } from "./brokers-authenticate-and-encrypt";
import { certificatesAreNarrow } from "./certificate-trust-names-anchor-and-subject";
import { devicesAreConfined } from "./devices-reach-only-their-own-topics";
import { conditionsNeedKeys } from "./federated-conditions-need-their-keys";
import { subjectsAreExact } from "./federated-subjects-are-exact";
import { trustNamesSubject } from "./federated-trust-names-audience-and-subject";
import { providersAreExpected } from "./identity-providers-are-expected";
import { meshesDeny } from "./meshes-deny-what-is-not-declared";
import { podIdentityIsNarrow } from "./pod-identity-trust-names-its-workload";
import { resourcePoliciesAreClosed } from "./resource-policies-name-who-may-call";
import { retiredMeshesAreLeft } from "./retired-meshes-are-left";
import { rolesAreNotChained } from "./roles-are-not-chained";
import { thumbprintsAreLeft } from "./thumbprints-are-left-to-aws";
import { trustIsKnown } from "./who-may-take-a-role-is-known";
import { noStaticKeys } from "./workloads-have-no-static-keys";

/** The rules of the pack that asks: is every identity federated, least privileged and without a static key? */
export const identityRules: readonly Rule[] = [
  agentRolesAreBounded,
  brokersAuthenticate,
  certificatesAreNarrow,
  conditionsNeedKeys,
  devicesAreConfined,
  endpointsAuthenticate,
  meshesDeny,
  noStaticKeys,
  podIdentityIsNarrow,
  providersAreExpected,
  resourcePoliciesAreClosed,
  retiredMeshesAreLeft,
  rolesAreNotChained,
  subjectsAreExact,
  thumbprintsAreLeft,
  trustIsKnown,
  trustNamesSubject,
];
