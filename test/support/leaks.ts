import { bucket, claims, type ResourceSpec, ref, replicationType } from "./plan";

/** Claims stay in Tokyo. */
export const atHome: ResourceSpec[] = [bucket("claims", "ap-northeast-1", claims)];

/** Claims are replicated to Virginia. */
export const abroad: ResourceSpec[] = [
  ...atHome,
  bucket("copy", "us-east-1"),
  {
    type: replicationType,
    name: "replication",
    properties: {
      region: "ap-northeast-1",
      bucket: ref("claims"),
      rules: [{ status: "Enabled", destination: { bucket: ref("copy") } }],
    },
  },
];

/** A channel between agents, as the component that declares it registers it. */
export const channel: ResourceSpec = {
  type: "hybrid-ai-fabric:index:DeclaredChannel",
  name: "ask",
  properties: {
    channel: "ask",
    transport: "http",
    carries: ["claims"],
    fromPlaces: ["aws:ap-northeast-1"],
    toPlaces: ["metro:OS"],
  },
};

const labels = { dataset: "claims", residency: "japan-only", classification: "restricted" };

/** An interconnect between Tokyo's metro and region with a transfer over it, as their components register them. */
export const withTransfer: ResourceSpec[] = [
  {
    type: "hybrid-ai-fabric:index:Interconnect",
    name: "ty-tokyo",
    properties: {
      interconnect: "ty-tokyo",
      metro: "TY",
      labels,
      predictions: [
        { subject: "ty-tokyo", quantity: "SLA class", value: "maximum: 99.99 %", unit: "" },
        { subject: "ty-tokyo", quantity: "round trip to ap-northeast-1", value: 2, unit: "ms" },
        { subject: "ty-tokyo", quantity: "round trip to ap-northeast-3", value: 10, unit: "ms" },
      ],
    },
  },
  {
    type: "equinix:fabric/connection:Connection",
    name: "circuit",
    parent: "ty-tokyo",
    properties: {
      aSide: { accessPoint: { location: { metroCode: "TY" } } },
      zSide: { accessPoint: { sellerRegion: "ap-northeast-1", location: { metroCode: "TY" } } },
    },
  },
  {
    type: "hybrid-ai-fabric:index:BulkTransfer",
    name: "claims-in",
    properties: { labels, region: "ap-northeast-1", predictedHours: 24.43 },
  },
];
