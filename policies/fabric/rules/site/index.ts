import type { Rule } from "@hybrid-ai-fabric/graph";
import { onePolicy } from "./a-cluster-has-one-adapter-policy";
import { domainsFit } from "./compute-domains-fit-their-jobs";
import { railsAreApart } from "./each-rail-is-a-resource-of-its-own";
import { notMixed } from "./efa-and-infiniband-are-not-mixed";
import { railPerGpu } from "./every-gpu-has-a-rail";
import { framesAreAlike } from "./frames-are-alike-on-the-hybrid-path";
import { queuedWithTopology } from "./gpu-jobs-queue-with-their-topology";
import { withoutCopy } from "./gpus-reach-adapters-without-a-copy";
import { guidPools } from "./guid-pools-are-valid-and-apart";
import { hostsBoot } from "./hosts-boot-what-was-meant";
import { hostsStand } from "./hosts-stand-where-their-data-may-be";
import { secretIsThere } from "./ib-kubernetes-finds-its-secret";
import { subnetManagerIsThere } from "./infiniband-has-a-subnet-manager";
import { jsonIsReadable } from "./json-inside-manifests-can-be-read";
import { linkTypesAgree } from "./link-types-agree-with-devices";
import { mtuAgrees } from "./mtu-agrees-along-the-fabric";
import { ncclFindsFabric } from "./nccl-finds-the-fabric";
import { discoveredOnce } from "./node-features-are-discovered-once";
import { resourcesExist } from "./pods-ask-for-resources-that-exist";
import { networksExist } from "./pods-attach-to-networks-that-exist";
import { sharedMemory } from "./pods-with-several-gpus-share-memory";
import { memoryIsLocked } from "./rdma-pods-may-lock-memory";
import { requiredFieldsAreThere } from "./required-fields-of-custom-kinds-are-there";
import { selectorsReach } from "./selectors-reach-the-hardware";
import { tenantsAreApart } from "./tenants-are-kept-apart-by-partitions";

/** Will the GPUs of a site talk to each other at full rate, over manifests of whoever wrote them? */
export const siteRules: readonly Rule[] = [
  onePolicy,
  domainsFit,
  railsAreApart,
  notMixed,
  railPerGpu,
  framesAreAlike,
  queuedWithTopology,
  withoutCopy,
  guidPools,
  hostsBoot,
  hostsStand,
  secretIsThere,
  subnetManagerIsThere,
  jsonIsReadable,
  linkTypesAgree,
  mtuAgrees,
  ncclFindsFabric,
  discoveredOnce,
  resourcesExist,
  networksExist,
  sharedMemory,
  memoryIsLocked,
  requiredFieldsAreThere,
  selectorsReach,
  tenantsAreApart,
];
