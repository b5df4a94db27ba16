import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { AgentCluster, AgentFabric, type MatrixCell, ServiceMesh } from "../components";
import { clusterDecisions, clusterPlaces, FABRIC, fabricDecisions, hasAgents } from "./agent-topology";
import type { Environment } from "./environment";
import { isAwsPlace } from "./environment/places";
import { labelsInNetwork, type RegionLayer } from "./network";

/** Who may talk to whom: what reviewers read first. */
export interface ExportedAgents {
  matrix: pulumi.Output<MatrixCell[]>;
  table: pulumi.Output<string[]>;
}

/** Agents and the only ways between them: in AWS, and on every cluster that they run on. */
export function createAgents(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
): ExportedAgents | undefined {
  const [first] = Object.values(regions);
  if (!hasAgents(environment) || !first) return undefined;
  const decisions = fabricDecisions(environment);
  const fabric = new AgentFabric(
    FABRIC,
    {
      ...decisions,
      privateCalls: true,
      regions: Object.fromEntries(
        Object.entries(decisions.regions).flatMap(([place, decided]) => {
          const region = regions[place];
          if (!region) return [];
          const { vpcId, subnetIds } = region.network;
          const labels = labelsInNetwork(environment, place);
          return [[place, { ...decided, vpcId, subnetIds, ...(labels ? { labels } : {}) }]];
        }),
      ),
    },
    { provider: first.provider },
  );
  for (const place of clusterPlaces(environment)) createCluster(environment, place, fabric);
  return { matrix: fabric.matrix, table: fabric.table };
}

function createCluster(environment: Environment, place: string, fabric: AgentFabric): void {
  const declared = environment.places[place];
  if (!declared?.cluster) return;
  const trustDomain = isAwsPlace(declared) ? "cluster.local" : declared.cluster.trustDomain;
  const whereabouts = isAwsPlace(declared) ? `aws:${declared.aws}` : `metro:${declared.site.metro}`;
  const { kubeconfigKey } = declared.cluster;
  const provider = new kubernetes.Provider(`${FABRIC}-${place}`, {
    kubeconfig: new pulumi.Config().requireSecret(kubeconfigKey),
  });
  const mesh = new ServiceMesh(
    `mesh-${place}`,
    { place: whereabouts, istio: { trustDomain, cluster: place, network: place } },
    { provider },
  );
  const decisions = clusterDecisions(environment, place);
  const { kafka } = decisions;
  new AgentCluster(
    `${FABRIC}-${place}`,
    { ...decisions, ...(kafka ? { kafka: { ...kafka, bootstrapServers: fabric.bootstrapServers } } : {}) },
    { provider, dependsOn: [mesh] },
  );
}
