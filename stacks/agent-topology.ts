import type {
  AgentChannel,
  AgentClusterArgs,
  AgentFabricArgs,
  AgentPlaceAws,
  AgentPlaceSite,
  AgentTopology,
} from "../components";
import { validateCluster, validateFabric } from "../components";
import { accountName } from "./accounts";
import { type AwsPlace, isAwsPlace, type SitePlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import { labelsOf } from "./labels";
import { type Problem, problem } from "./problems";

/** Name of the fabric: buses, roles and queues begin with it. */
export const FABRIC = "agents";

/** The nouns of the environment as components take them. */
export function topologyOf(environment: EnvironmentContent): AgentTopology {
  const { agents, tools, memories, channels, datasets } = environment;
  return {
    places: Object.fromEntries(
      Object.entries(environment.places).map(([name, place]) => [
        name,
        isAwsPlace(place) ? { aws: regionOf(environment, place) } : { site: siteOf(name, place) },
      ]),
    ),
    datasets: Object.fromEntries(Object.keys(datasets).map((name) => [name, labelsOf(environment, name)])),
    agents: plain(agents),
    tools: plain(tools),
    memories: plain(memories),
    channels: plain(channels) as { [name: string]: AgentChannel },
  };
}

function regionOf(environment: EnvironmentContent, place: AwsPlace): AgentPlaceAws {
  const account = environment.accounts[accountName(environment, place)];
  const { kafka, loadBalancer } = place;
  return plain({
    region: place.aws,
    accountId: account?.id ?? "",
    kafka,
    loadBalancer: loadBalancer && {
      domain: loadBalancer.domain,
      certificateArn: loadBalancer.certificate,
      tokenIssuer: account?.tokenIssuer ?? "",
    },
  }) as AgentPlaceAws;
}

function siteOf(name: string, { site, cluster }: SitePlace): AgentPlaceSite {
  const { kafka } = cluster ?? {};
  return plain({
    country: site.country,
    trustDomain: cluster?.trustDomain ?? `${name}.example`,
    issuerUrl: cluster?.issuer,
    trustAnchorArn: cluster?.trustAnchor,
    mqttBroker: cluster?.mqttBroker,
    kafka: kafka?.address && {
      address: kafka.address,
      clientSecretArn: kafka.clientSecret ?? "",
      caSecretArn: kafka.caSecret ?? "",
    },
  }) as AgentPlaceSite;
}

/** Without the keys that nobody wrote: a transport that is undefined is none. */
function plain<T extends object>(map: T): T {
  return JSON.parse(JSON.stringify(map)) as T;
}

/** Places with agents on Kubernetes or with a store of theirs: each gets a cluster's worth of objects. */
export function clusterPlaces({ agents, places, channels }: EnvironmentContent): string[] {
  const used = Object.values(channels).flatMap(({ from, to }) => [from, to]);
  return Object.keys(places)
    .filter((place) =>
      Object.entries(agents).some(
        ([name, { at, runtime }]) =>
          at === place && (runtime === "eks" || runtime === "kubernetes") && used.includes(name),
      ),
    )
    .sort();
}

/** What the cluster of a place is given; references of other layers come later and change no decision. */
export function clusterDecisions(environment: EnvironmentContent, place: string): AgentClusterArgs {
  const declared = environment.places[place];
  const [account] = Object.values(environment.accounts);
  const regions = Object.values(environment.places).filter(isAwsPlace);
  const [first] = regions;
  const kafka = declared && !isAwsPlace(declared) ? declared.cluster?.kafka : undefined;
  const endpoint = bridgedTo(environment, place);
  return {
    topology: topologyOf(environment),
    place,
    fabric: FABRIC,
    awsCidrs: regions.map(({ cidr }) => cidr),
    ...(account?.tokenIssuer && first
      ? { tokens: { issuer: account.tokenIssuer, accountId: account.id, region: first.aws } }
      : {}),
    ...(kafka ? { kafka: { cluster: kafka.cluster, namespace: kafka.namespace, bootstrapServers: {} } } : {}),
    ...(endpoint === undefined ? {} : { iotEndpoint: endpoint }),
  };
}

/** Address of IoT Core in the region that MQTT channels of a site lead to or come from. */
function bridgedTo({ channels, agents, places }: EnvironmentContent, site: string): string | undefined {
  const [endpoint] = Object.values(channels).flatMap(({ from, to, mqtt }) => {
    const ends = [agents[from]?.at ?? "", agents[to]?.at ?? ""];
    if (!mqtt || !ends.includes(site)) return [];
    return ends.flatMap((end) => {
      const place = places[end];
      return isAwsPlace(place) ? (place.iotEndpoint ?? []) : [];
    });
  });
  return endpoint;
}

/** What each region of the fabric is given. */
export function fabricDecisions(environment: EnvironmentContent): Omit<AgentFabricArgs, "regions"> & {
  regions: { [place: string]: { callerCidrs: string[]; eksCluster?: string } };
} {
  const callerCidrs = Object.values(environment.places).flatMap((place) =>
    isAwsPlace(place) ? [place.cidr] : (place.cidrs ?? []),
  );
  const bridges = Object.entries(environment.places).flatMap(([name, place]) =>
    !isAwsPlace(place) && place.cluster?.bridgeCertificate ? [[name, place.cluster.bridgeCertificate]] : [],
  );
  return {
    topology: topologyOf(environment),
    bridgeCertificates: Object.fromEntries(bridges),
    regions: Object.fromEntries(
      Object.entries(environment.places).flatMap(([name, place]) =>
        isAwsPlace(place)
          ? [[name, { callerCidrs, ...(place.eksCluster ? { eksCluster: place.eksCluster } : {}) }]]
          : [],
      ),
    ),
  };
}

export function hasAgents({ agents, memories, channels }: EnvironmentContent): boolean {
  return [agents, memories, channels].some((noun) => Object.keys(noun).length > 0);
}

/** Where in the environment that stands which a component would name by its own argument. */
const written: { [argument: string]: (place: string) => string } = {
  tokens: () => "accounts",
  kafka: (place) => `places.${place}.cluster.kafka`,
  iotEndpoint: () => "places",
};
const named: { [argument: string]: string } = {
  tokens: "tokenIssuer of an account",
  iotEndpoint: "iotEndpoint of an AWS place",
};

/** Everything that is wrong with agents, tools, memories and channels, with the paths of the environment file. */
export function validateAgentLayer(environment: EnvironmentContent): Problem[] {
  if (!hasAgents(environment) && Object.keys(environment.tools).length === 0) return [];
  if (Object.values(environment.accounts).length === 0) return [];
  const decisions = fabricDecisions(environment);
  const regions = Object.fromEntries(
    Object.entries(decisions.regions).map(([place, region]) => [
      place,
      { ...region, vpcId: "", subnetIds: zonesOf(environment, place) },
    ]),
  );
  const found = validateFabric({ ...decisions, regions }).map(({ propertyPath, reason }) =>
    problem(pathInFile(propertyPath.replace(/^topology\./, ""), environment), reason),
  );
  // Places are judged by their own noun.
  const ofLayer = found.filter(({ path }) => !/^places\.[^.]+\.(aws|site\.country)/.test(path));
  if (found.length > 0) return ofLayer;
  return clusterPlaces(environment).flatMap((place) => [
    ...missingCluster(environment, place),
    ...validateCluster(clusterDecisions(environment, place)).map(({ propertyPath, reason }) =>
      problem(
        written[propertyPath]?.(place) ?? propertyPath,
        propertyPath in named ? `${named[propertyPath]} ${reason}` : reason,
      ),
    ),
  ]);
}

/** One subnet per zone: as many as there will be, which is all that a decision needs of them. */
function zonesOf({ places }: EnvironmentContent, name: string): string[] {
  const place = places[name];
  return isAwsPlace(place) ? place.zones : [];
}

/** Where a user writes what a component calls otherwise. */
function pathInFile(path: string, { places }: EnvironmentContent): string {
  const place = places[path.split(".")[1] ?? ""];
  const onSite = place !== undefined && !isAwsPlace(place);
  return (onSite ? path.replace(/^(places\.[^.]+)\.(kafka|mqttBroker)/, "$1.cluster.$2") : path)
    .replace(/\.(client|ca)SecretArn$/, ".$1Secret")
    .replace(/\.certificateArn$/, ".certificate")
    .replace(/^places\..*\.loadBalancer\.tokenIssuer$/, "accounts");
}

function missingCluster({ places }: EnvironmentContent, place: string): Problem[] {
  const declared = places[place];
  return declared && declared.cluster === undefined
    ? [problem(`places.${place}.cluster`, "is missing, and agents run on Kubernetes there")]
    : [];
}
