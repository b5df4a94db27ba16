import { z } from "zod";
import { validateInfiniBand, validateJoin, validatePool, validateRoce } from "../../components";
import { type Problem, problem } from "../problems";
import {
  fabricOf,
  infiniBandDecisions,
  joinDecisions,
  poolDecisions,
  roceDecisions,
} from "../site-decisions";
import { awsPlaceNames, sitePlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { cidr, mustBe, named } from "./terms";

const secretKey = z.string().describe("name of a secret config key");
const labels = z.record(z.string(), z.string());

const rootDevice = z.strictObject({
  deviceName: z.string().optional(),
  serialNumber: z.string().optional(),
  wwn: z.string().optional(),
  model: z.string().optional(),
  vendor: z.string().optional(),
  minSizeGigabytes: z.number().int().positive().optional(),
});

const metal3 = z.strictObject({
  kubeconfigKey: secretKey.describe("secret with the kubeconfig of the cluster that Metal3 runs in"),
  bmcUsernameKey: secretKey,
  bmcPasswordKey: secretKey,
  userDataKey: secretKey.optional().describe("cloud-init; default: what joins the cluster of `join`"),
  image: z.strictObject({
    url: z.string(),
    checksum: z.string().default(""),
    checksumType: z.string().optional(),
    format: z.enum(["raw", "qcow2"]).optional(),
  }),
  firmware: labels.optional(),
  cleaning: z.enum(["metadata", "disabled"]).optional(),
  disableCertificateVerification: z.boolean().optional(),
  hosts: named(
    z.strictObject({
      bmc: z.string().describe("address of the management controller"),
      mac: z.string().optional().describe("MAC address that it boots from"),
      bootMode: z.enum(["UEFI", "UEFISecureBoot", "legacy"]).optional(),
      rootDevice,
      rack: z.string().optional(),
      nvlinkDomain: z.string().optional(),
    }),
  ),
});

const existing = z.strictObject({
  hosts: z.number().int().positive(),
  nodeSelector: labels,
  nodes: z.array(z.string()).optional().describe("nodes that get the labels of the selector"),
});

const equinixMetal = z.strictObject({
  acknowledgeRetired: z.boolean().default(false).describe("Equinix Metal ended on 2026-06-30"),
  hosts: z.number().int().positive(),
  plan: z.string(),
  operatingSystem: z.string(),
  userDataKey: secretKey,
  vlans: z.array(z.number().int()).default([]),
});

const rails = z.strictObject({
  ports: z.array(z.string()).min(1).describe("names of the physical functions, one per rail"),
  gbps: z.number().int(),
  vfs: z.number().int().optional().describe("virtual functions per rail and host; default 1"),
  cidr,
});

const infiniband = z.strictObject({
  rails,
  ufm: z
    .strictObject({
      address: z.string(),
      usernameKey: secretKey,
      passwordKey: secretKey,
      guids: z.strictObject({ first: z.string(), last: z.string() }),
    })
    .optional(),
  openSm: z.strictObject({ host: z.string() }).optional(),
  retiredPkeys: z.array(z.string()).optional(),
  storage: z.strictObject({ port: z.string(), cidr }).optional(),
});

const roce = z.strictObject({
  rails,
  mtu: z.number().int().optional(),
  gidIndex: z.number().int().optional(),
});

const tenant = z.strictObject({
  namespace: z.string().optional(),
  gpus: z.number().int().nonnegative(),
  pkey: z.string().optional().describe("InfiniBand; default: derived from the name"),
  vlan: z.number().int().optional().describe("RoCE"),
});

const join = z.strictObject({
  to: z.string().describe("AWS place"),
  eks: z
    .strictObject({
      version: z.string(),
      nodeCidrs: z.array(cidr).min(1),
      podCidrs: z.array(cidr),
      serviceCidr: cidr.default("172.20.0.0/16"),
      certificateBundle: z.string().optional().describe("PEM of the certificate authority of the site"),
      ssm: z.strictObject({ registrationLimit: z.number().int().positive() }).optional(),
    })
    .optional(),
  onSite: z
    .strictObject({
      issuerUrl: z.string().optional().describe("issuer of the cluster's tokens, whose keys AWS can fetch"),
      serviceAccount: z.string().optional().describe("with issuerUrl: namespace:name"),
      certificates: z
        .strictObject({
          certificateBundle: z.string().describe("PEM of the certificate authority of the site"),
          commonName: z.string().describe("name of the certificate that may take the role"),
        })
        .optional()
        .describe("instead of issuerUrl, where the site publishes nothing"),
      permissionsBoundary: z.string().optional().describe("ARN of the policy that bounds the role"),
    })
    .optional(),
});

const gpuPool = z.strictObject({
  place: z.string().describe("site that the hosts stand in"),
  gpuModel: z.string(),
  gpusPerHost: z.number().int(),
  datasets: z.array(z.string()).default([]).describe("what the hosts process"),
  memlockUnlimited: z
    .boolean()
    .default(false)
    .describe("the hosts put no limit on locked memory, so that pods with RDMA need no IPC_LOCK"),
  cluster: z.strictObject({
    kubeconfigKey: secretKey.describe(
      "secret with the kubeconfig of the cluster that the hosts are nodes of",
    ),
  }),
  metal3: metal3.optional(),
  existing: existing.optional(),
  equinixMetal: equinixMetal.optional(),
  fabric: z
    .strictObject({ infiniband: infiniband.optional(), roce: roce.optional() })
    .default({})
    .describe("default: Ethernet, without a fabric of its own"),
  tenants: named(tenant).default({}),
  scheduling: z
    .strictObject({
      topologyLevels: z.array(z.string()).optional(),
      proofKey: secretKey.optional().describe("secret with the SSH key of the bandwidth proof"),
    })
    .optional(),
  join: join.optional(),
});

/** GPU hosts on site: what they are, what connects them, who uses them, and which region they work with. */
export const gpuPools = named(gpuPool);

export type GpuPool = z.infer<typeof gpuPool>;

export function checkGpuPools(environment: EnvironmentContent): Problem[] {
  const { gpuPools, places, datasets } = environment;
  return Object.entries(gpuPools).flatMap(([name, pool]) => {
    const path = `gpuPools.${name}`;
    const references = [
      ...mustBe(`${path}.place`, pool.place, sitePlaceNames(places), "a site"),
      ...pool.datasets.flatMap((dataset, index) =>
        mustBe(`${path}.datasets[${index}]`, dataset, Object.keys(datasets), "a dataset"),
      ),
      ...(pool.join ? mustBe(`${path}.join.to`, pool.join.to, awsPlaceNames(places), "an AWS place") : []),
    ];
    return references.length > 0 ? references : checkPool(environment, path, name, pool);
  });
}

/** The components' own checks, told at the path of the environment. */
function checkPool(environment: EnvironmentContent, path: string, name: string, pool: GpuPool): Problem[] {
  const told = (problems: { propertyPath: string; reason: string }[], below: string) =>
    problems.map(({ propertyPath, reason }) => problem(`${path}${below}`, `${propertyPath}: ${reason}`));
  const { infiniband, roce } = pool.fabric;
  const both = infiniband && roce;
  const joined = pool.join && joinDecisions(environment, name, pool, pool.join, { vpcId: "", subnetIds: [] });
  return [
    ...told(validatePool(poolDecisions(environment, pool, "")), ""),
    ...(both ? [problem(`${path}.fabric`, "has infiniband and roce; one of them connects the hosts")] : []),
    ...(infiniband && !both
      ? told(
          validateInfiniBand(infiniBandDecisions(environment, name, pool, infiniband)),
          ".fabric.infiniband",
        )
      : []),
    ...(roce && !both
      ? told(validateRoce(roceDecisions(environment, name, pool, roce)), ".fabric.roce")
      : []),
    ...(joined ? told(validateJoin(joined), ".join") : []),
    ...(pool.metal3 && pool.metal3.userDataKey === undefined && !pool.join?.eks
      ? [
          problem(
            `${path}.metal3.userDataKey`,
            "is missing: without `join.eks` nothing says what the hosts join",
          ),
        ]
      : []),
    ...(pool.scheduling && fabricOf(pool) === "ethernet"
      ? [problem(`${path}.scheduling`, "needs a fabric, whose tenants it queues")]
      : []),
  ];
}
