import type { Finding, Rule } from "@hybrid-ai-fabric/graph";
import { offersOf } from "./declared";
import { broken, inDoubt, notKnown } from "./findings";
import { networksOf, networksPath, podsOf } from "./pods";

export const networksExist: Rule = {
  id: "pods-attach-to-networks-that-exist",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description: "Every network that a pod names is an attachment in the namespace where the pod looks for it.",
  remediation: "Write the network as the attachment is called, with its namespace when that is another one.",
  evaluate: (view) =>
    podsOf(view).flatMap((pod): Finding[] => {
      const { names, unknown } = networksOf(pod);
      const property = networksPath(pod);
      if (unknown) return [notKnown(pod.manifest, property)];
      const { networks, unknownNetworks } = offersOf(view, pod.cluster);
      return names
        .filter(({ namespace, name }) => !networks.has(`${namespace}/${name}`))
        .map(({ namespace, name }) => {
          const wanted = `${namespace}/${name}`;
          if (unknownNetworks)
            return inDoubt(
              pod.manifest,
              property,
              `no known network is ${wanted}, and others are not known yet.`,
            );
          if (networks.size > 0) {
            const there = [...networks.keys()].sort().join(", ");
            return broken(pod.manifest, property, `there is no network ${wanted}, only ${there}.`);
          }
          const message = `no network of this plan is ${wanted}; it must be in the cluster already.`;
          return inDoubt(pod.manifest, property, message, "advisory");
        });
    }),
};
