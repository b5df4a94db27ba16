import { FrontDoor, ModelCache, ResidentModelService, SageMakerEndpoint, ServingEntry } from "../components";
import { type Environment, isAwsPlace } from "./environment";
import { placesOfModel } from "./environment/models";
import { labelsOf } from "./labels";
import { type RegionLayer, siteCidrsReaching } from "./network";
import {
  endpointsAt,
  headerOf,
  labelsServedAt,
  pathOf,
  placesOfFrontDoor,
  residentDecisions,
  sageMakerDecisions,
} from "./serving-decisions";
import type { ExportedStore } from "./stores";

type Regions = { [place: string]: RegionLayer };

/** Models in memory, next to their users: a copy of the artefact in each region, endpoints, and one door for each bloc. */
export function createServing(environment: Environment, regions: Regions): Caches {
  const caches = createCaches(environment, regions);
  const entries = createEntries(environment, regions);
  for (const region of Object.values(regions))
    createEndpoints(environment, region, caches, entries[region.place]);
  openDoors(environment, regions, entries);
  return caches;
}

type Caches = { [key: string]: ModelCache };

/** What other stacks may serve from, with the labels that come along. */
export function exportModels(environment: Environment, caches: Caches) {
  const models = Object.fromEntries(
    copiesIn(environment, caches).map(({ key, model, cache }) => {
      const { region, bucketName, bucketArn, keyArn } = cache;
      const { prefix, gib, dataset } = model;
      const labels = labelsOf(environment, dataset);
      return [key, { region, bucketName, bucketArn, keyArn, prefix, gib, labels }];
    }),
  );
  return { models };
}

/** What the packs of other stacks must know of the copies. */
export function holdingsOfModels(environment: Environment, caches: Caches): ExportedStore[] {
  return copiesIn(environment, caches).map(({ model, cache }) => ({
    urn: cache.urn,
    arn: cache.bucketArn,
    id: cache.bucketName,
    type: "aws:s3/bucket:Bucket",
    place: `aws:${cache.region}`,
    dataset: model.dataset,
    residency: environment.datasets[model.dataset]?.residency ?? [],
  }));
}

function copiesIn(environment: Environment, caches: Caches) {
  return Object.entries(environment.models).flatMap(([name, model]) =>
    placesOfModel(environment, name).flatMap((place) => {
      const key = `${name}-${place}`;
      const cache = caches[key];
      return cache ? [{ key, model, cache }] : [];
    }),
  );
}

/** One copy of each model in each region that serves it; new versions go from its home to the others. */
function createCaches(environment: Environment, regions: Regions): { [key: string]: ModelCache } {
  const caches: { [key: string]: ModelCache } = {};
  for (const [name, model] of Object.entries(environment.models)) {
    const labels = labelsOf(environment, model.dataset);
    const places = placesOfModel(environment, name);
    const copy = (place: string, copies: string[]) => {
      const region = regions[place];
      if (!region) return;
      const type = endpointsAt(environment, place).find(({ endpoint }) => endpoint.model === name)?.endpoint;
      const instanceType = type?.sageMaker?.instanceType ?? type?.resident?.instanceType;
      caches[`${name}-${place}`] = new ModelCache(
        `${name}-${place}`,
        {
          region: region.region,
          accountId: region.accountId,
          gib: model.gib,
          labels,
          ...(instanceType === undefined ? {} : { instanceType }),
          copies: copies.flatMap((to) => {
            const cache = caches[`${name}-${to}`];
            const { region: toRegion, bucketArn, keyArn } = cache ?? {};
            return toRegion !== undefined && bucketArn && keyArn
              ? [{ name: to, region: toRegion, bucketArn, keyArn }]
              : [];
          }),
        },
        { provider: region.provider },
      );
    };
    const others = places.filter((place) => place !== model.home);
    for (const place of others) copy(place, []);
    copy(model.home, others);
  }
  return caches;
}

/** The way in of every place that a front door leads to. */
function createEntries(environment: Environment, regions: Regions): { [place: string]: ServingEntry } {
  const entries: { [place: string]: ServingEntry } = {};
  for (const door of Object.values(environment.frontDoors)) {
    for (const place of placesOfFrontDoor(environment, door)) {
      const region = regions[place];
      const certificateArn = door.certificates[place];
      const labels = labelsServedAt(environment, [place]);
      if (!region || certificateArn === undefined || !labels) continue;
      const trustStoreArn = door.trustStores?.[place];
      const declared = environment.places[place];
      entries[place] = new ServingEntry(
        `${place}-entry`,
        {
          region: region.region,
          network: networkOf(region),
          certificateArn,
          ...(trustStoreArn === undefined ? {} : { trustStoreArn }),
          privateCidrs: siteCidrsReaching(environment, place),
          // A place with a NAT gateway has an Internet gateway already.
          internetGateway: !(isAwsPlace(declared) && declared.nat),
          labels,
        },
        { provider: region.provider },
      );
    }
  }
  return entries;
}

function createEndpoints(
  environment: Environment,
  region: RegionLayer,
  caches: { [key: string]: ModelCache },
  entry: ServingEntry | undefined,
): void {
  const { provider, accountId } = region;
  for (const { name, endpoint, priority } of endpointsAt(environment, region.place)) {
    const cache = caches[`${endpoint.model}-${region.place}`];
    const declared = environment.models[endpoint.model];
    if (!cache || !declared) continue;
    const model = {
      region: cache.region,
      bucketName: cache.bucketName,
      bucketArn: cache.bucketArn,
      keyArn: cache.keyArn,
      prefix: declared.prefix,
      gib: declared.gib,
    };
    const point = entry && {
      listenerArn: entry.listenerArn,
      securityGroupId: entry.securityGroupId,
      metricName: entry.metricName,
      path: pathOf(endpoint),
      ...named(endpoint),
      priority,
    };
    const placed = { accountId, model, network: networkOf(region) };
    const sageMaker = sageMakerDecisions(environment, endpoint);
    const resident = residentDecisions(environment, endpoint);
    const proxyImage = endpoint.sageMaker?.proxyImage;
    if (sageMaker) {
      const way = point && proxyImage !== undefined ? { entry: { point, proxyImage } } : {};
      new SageMakerEndpoint(name, { ...sageMaker, ...placed, ...way }, { provider });
    }
    if (resident && point) {
      new ResidentModelService(name, { ...resident, ...placed, entry: point }, { provider });
    }
  }
}

function named(endpoint: Parameters<typeof headerOf>[0]) {
  const header = headerOf(endpoint);
  return header ? { header } : {};
}

function openDoors(
  environment: Environment,
  regions: Regions,
  entries: { [place: string]: ServingEntry },
): void {
  for (const [name, door] of Object.entries(environment.frontDoors)) {
    const places = placesOfFrontDoor(environment, door);
    const labels = labelsServedAt(environment, places);
    const [first] = places.flatMap((place) => regions[place] ?? []);
    if (!labels || !first) continue;
    new FrontDoor(
      name,
      {
        domainName: door.domain,
        zoneId: door.zone,
        entries: places.flatMap((place) => {
          const entry = entries[place];
          if (!entry) return [];
          const { region, loadBalancerArn, dnsName, dnsZoneId, metricName } = entry;
          return [{ region, loadBalancerArn, dnsName, dnsZoneId, metricName }];
        }),
        ...(door.countries === undefined ? {} : { countries: door.countries }),
        carries: labels,
      },
      { provider: first.provider },
    );
  }
}

function networkOf({ network, cidr }: RegionLayer) {
  return { vpcId: network.vpcId, subnetIds: network.subnetIds, cidr };
}
