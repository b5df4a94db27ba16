import {
  declaredProperties,
  type Finding,
  isUnknown,
  leavesAt,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";
import { resourcesOf } from "./trust";

interface Hole {
  path: string;
  isOpen: (value: unknown) => boolean;
  says: string;
}

const kafka: readonly Hole[] = [
  {
    path: "clientAuthentication.unauthenticated",
    isOpen: (value) => value === true,
    says: "takes clients without a name",
  },
  {
    path: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
    isOpen: (value) => value !== "DISABLED",
    says: "is reached from the internet",
  },
  {
    path: "encryptionInfo.encryptionInTransit.clientBroker",
    isOpen: (value) => value !== "TLS",
    says: "takes plain text",
  },
  {
    path: "encryptionInfo.encryptionInTransit.inCluster",
    isOpen: (value) => value === false,
    says: "copies in plain text",
  },
];
const messageQueue: readonly Hole[] = [
  { path: "publiclyAccessible", isOpen: (value) => value === true, says: "is reached from the internet" },
];

export const brokersAuthenticate: Rule = {
  id: "brokers-authenticate-and-encrypt",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description: "A broker knows every client, speaks TLS only, and is not reached from the internet.",
  remediation:
    "Use IAM, SCRAM or TLS client authentication, TLS between clients and brokers, and private access.",
  evaluate: (view) => [
    ...resourcesOf(view, "aws:msk/cluster:Cluster").flatMap((cluster) => [
      ...holes(cluster, kafka),
      ...authentication(cluster),
    ]),
    ...resourcesOf(view, "aws:mq/broker:Broker").flatMap((broker) => holes(broker, messageQueue)),
    ...view.graph.resources.filter(({ type }) => STRIMZI.test(type)).flatMap(listeners),
  ],
};

const STRIMZI = /^kubernetes:kafka\.strimzi\.io\/v1(beta2)?:Kafka$/;

function holes(resource: PlannedResource, list: readonly Hole[]): Finding[] {
  return list.flatMap(({ path, isOpen, says }) =>
    leavesAt(declaredProperties(resource), path).flatMap((leaf) => {
      if (isUnknown(leaf.value))
        return [notShown(resource, leaf.path, `Whether ${resource.name} ${says} is not known yet.`)];
      return isOpen(leaf.value) ? [broken(resource, leaf.path, `${resource.name} ${says}.`)] : [];
    }),
  );
}

/** MSK without any client authentication lets everybody in that reaches it. */
function authentication(cluster: PlannedResource): Finding[] {
  const [any] = leavesAt(declaredProperties(cluster), "clientAuthentication");
  return any
    ? []
    : [broken(cluster, "clientAuthentication", `${cluster.name} takes clients without a name.`)];
}

function listeners(kafka: PlannedResource): Finding[] {
  return leavesAt(declaredProperties(kafka), "spec.kafka.listeners[]").flatMap(({ path, value }) => {
    if (typeof value !== "object" || value === null || Array.isArray(value) || isUnknown(value))
      return [notShown(kafka, path, `A listener of ${kafka.name} is not known yet.`)];
    return [
      ...(value.tls === true
        ? []
        : [broken(kafka, `${path}.tls`, `A listener of ${kafka.name} takes plain text.`)]),
      ...(value.authentication === undefined
        ? [
            broken(
              kafka,
              `${path}.authentication`,
              `A listener of ${kafka.name} takes clients without a name.`,
            ),
          ]
        : []),
    ];
  });
}
