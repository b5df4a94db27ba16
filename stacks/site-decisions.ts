import type {
  BareMetalPoolArgs,
  FabricHosts,
  FabricTenant,
  HybridJoinArgs,
  InfiniBandFabricArgs,
  RoceFabricArgs,
} from "../components";
import { type DatasetLabels, joinedLabels } from "../components";
import { accountOf } from "./accounts";
import type { GpuPool } from "./environment/gpu-pools";
import { isAwsPlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import { labelsOf } from "./labels";

/** What a pool of GPU hosts decides, as its components take it: the same for the check of an environment and for the program. */

type InfiniBand = NonNullable<GpuPool["fabric"]["infiniband"]>;
type Roce = NonNullable<GpuPool["fabric"]["roce"]>;
type Join = NonNullable<GpuPool["join"]>;

export const POOL_LABEL = "hybrid-ai/pool";

export function fabricOf({ fabric }: GpuPool): string {
  if (fabric.infiniband) return "infiniband";
  return fabric.roce ? "roce" : "ethernet";
}

/** Secrets are no decisions: `noSecret` stands for them until the program fills them in. */
export function poolDecisions(
  environment: EnvironmentContent,
  pool: GpuPool,
  noSecret: string,
): BareMetalPoolArgs {
  const { metal3, existing, equinixMetal, gpuModel, gpusPerHost } = pool;
  const place = environment.places[pool.place];
  const { metro, country } = place && !isAwsPlace(place) ? place.site : { metro: "", country: "" };
  return {
    site: pool.place,
    country,
    gpuModel,
    gpusPerHost,
    fabricKind: fabricOf(pool),
    ...(metal3
      ? {
          metal3: {
            hosts: Object.entries(metal3.hosts).map(([host, { bmc, mac, ...rest }]) => ({
              name: host,
              bmcAddress: bmc,
              ...(mac === undefined ? {} : { bootMacAddress: mac }),
              ...rest,
            })),
            image: metal3.image,
            bmcUsername: noSecret,
            bmcPassword: noSecret,
            userData: noSecret,
            ...(metal3.firmware ? { firmware: metal3.firmware } : {}),
            ...(metal3.cleaning ? { automatedCleaningMode: metal3.cleaning } : {}),
            ...(metal3.disableCertificateVerification ? { disableCertificateVerification: true } : {}),
          },
        }
      : {}),
    ...(existing ? { existing } : {}),
    ...(equinixMetal ? { equinixMetal: { ...equinixMetal, metro, userData: noSecret } } : {}),
    ...labelsOfPool(environment, pool),
  };
}

export function hostsOf(
  { places }: Pick<EnvironmentContent, "places">,
  name: string,
  { metal3, existing, equinixMetal, ...pool }: GpuPool,
): FabricHosts {
  const place = places[pool.place];
  return {
    nodeSelector: existing?.nodeSelector ?? { [POOL_LABEL]: name },
    hosts: metal3 ? Object.keys(metal3.hosts).length : (existing?.hosts ?? equinixMetal?.hosts ?? 0),
    gpuModel: pool.gpuModel,
    gpusPerHost: pool.gpusPerHost,
    ...(place && !isAwsPlace(place) ? { country: place.site.country } : {}),
    ...(pool.memlockUnlimited ? { memlockUnlimited: true } : {}),
  };
}

export function infiniBandDecisions(
  environment: EnvironmentContent,
  name: string,
  pool: GpuPool,
  { rails, ufm, openSm, retiredPkeys, storage }: InfiniBand,
): InfiniBandFabricArgs {
  return {
    hosts: hostsOf(environment, name, pool),
    rails: railsOf(rails),
    tenants: tenantsOf(pool),
    subnetManager: {
      ...(ufm
        ? {
            ufm: {
              address: ufm.address,
              username: "",
              password: "",
              guidPoolStart: ufm.guids.first,
              guidPoolEnd: ufm.guids.last,
            },
          }
        : {}),
      ...(openSm ? { openSm } : {}),
    },
    ...(retiredPkeys ? { retiredPkeys } : {}),
    ...(storage ? { storage } : {}),
    ...labelsOfPool(environment, pool),
  };
}

export function roceDecisions(
  environment: EnvironmentContent,
  name: string,
  pool: GpuPool,
  { rails, mtu, gidIndex }: Roce,
): RoceFabricArgs {
  return {
    hosts: hostsOf(environment, name, pool),
    rails: railsOf(rails),
    tenants: tenantsOf(pool),
    ...(mtu === undefined ? {} : { mtu }),
    ...(gidIndex === undefined ? {} : { gidIndex }),
    ...labelsOfPool(environment, pool),
  };
}

export function joinDecisions(
  environment: EnvironmentContent,
  name: string,
  pool: GpuPool,
  { to, eks, onSite }: Join,
  network: Pick<NonNullable<HybridJoinArgs["eks"]>, "vpcId" | "subnetIds">,
): HybridJoinArgs | undefined {
  const place = environment.places[to];
  if (!isAwsPlace(place)) return undefined;
  return {
    region: place.aws,
    accountId: accountOf(environment, place),
    ...(eks
      ? {
          eks: {
            ...network,
            vpcCidr: place.cidr,
            remoteNodeCidrs: eks.nodeCidrs,
            remotePodCidrs: eks.podCidrs,
            serviceCidr: eks.serviceCidr,
            kubernetesVersion: eks.version,
            nodeLabels: hostsOf(environment, name, pool).nodeSelector,
            ...(eks.certificateBundle === undefined
              ? {}
              : { rolesAnywhere: { certificateBundle: eks.certificateBundle } }),
            ...(eks.ssm ? { ssm: eks.ssm } : {}),
          },
        }
      : {}),
    ...(onSite ? { onSite } : {}),
    ...labelsOfPool(environment, pool),
  };
}

function railsOf({ ports, gbps, vfs, cidr }: InfiniBand["rails"]): InfiniBandFabricArgs["rails"] {
  return { pfNames: ports, gbps, cidr, ...(vfs === undefined ? {} : { vfsPerRail: vfs }) };
}

function tenantsOf({ tenants }: GpuPool): FabricTenant[] {
  return Object.entries(tenants).map(([name, { gpus: _, ...tenant }]) => ({ name, ...tenant }));
}

export function labelsOfPool(
  environment: EnvironmentContent,
  { datasets }: GpuPool,
): { labels?: DatasetLabels } {
  const labels = joinedLabels(datasets.map((dataset) => labelsOf(environment, dataset)));
  return labels ? { labels } : {};
}
