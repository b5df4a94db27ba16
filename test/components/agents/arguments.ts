import * as components from "../../../components";

/** The smallest arguments of each component, which makes no component but itself. */

const empty: components.AgentTopology = {
  places: { cage: { site: { country: "JP", trustDomain: "cage.example" } } },
  datasets: {},
  agents: {},
  tools: {},
  memories: {},
  channels: {},
};

export const istio: components.ServiceMeshArgs = {
  istio: {
    trustDomain: "ty-cage.example",
    cluster: "ty-cage",
    network: "ty-cage",
    remotes: [{ name: "osaka", gateway: "10.2.0.10", trustDomain: "os-cage.example" }],
  },
};

export function createEach(): void {
  new components.AgentCluster("agents-cluster", { topology: empty, place: "cage", fabric: "agents" });
  new components.AgentFabric("agents-fabric", { topology: empty, regions: {} });
  new components.AgentIdentity("agents-identity", {
    agent: "triage",
    fabric: "agents",
    accountId: "111122223333",
    region: "ap-northeast-1",
    trust: { podIdentity: { clusterName: "agents", namespace: "agents", serviceAccount: "triage" } },
    statements: [],
    regions: ["ap-northeast-1"],
  });
  new components.AgentMemory("agents-memory", {
    region: "ap-northeast-1",
    accountId: "111122223333",
    labels: { dataset: "tasks", classification: "internal", kinds: [], residency: ["JP"] },
    keepDays: 30,
    readers: [],
    dynamodb: {},
  });
  new components.ServiceMesh("agents-mesh", istio);
}
