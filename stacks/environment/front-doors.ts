import { countryCodes } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { validateFrontDoor } from "../../components";
import { type Problem, problem, shown } from "../problems";
import { placesOfFrontDoor } from "../serving-decisions";
import { regionOf } from "./models";
import { isAwsPlace } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const frontDoor = z.strictObject({
  domain: z.string().describe("name that users ask for, in lower case"),
  zone: z.string().describe("id of its public hosted zone"),
  endpoints: z.array(z.string()).min(1).describe("all in one legal bloc"),
  certificates: z
    .record(z.string(), z.string().startsWith("arn:"))
    .describe("ARN of the certificate by place"),
  trustStores: z
    .record(z.string(), z.string().startsWith("arn:"))
    .optional()
    .describe("ARN of the trust store by place: clients must then show a certificate"),
  countries: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("countries whose users get an answer at all; default: anywhere"),
});

/** Ways in for users, each inside one legal bloc. */
export const frontDoors = named(frontDoor);

export type FrontDoor = z.infer<typeof frontDoor>;

export function checkFrontDoors(environment: EnvironmentContent): Problem[] {
  const { frontDoors, endpoints } = environment;
  const owners = new Map<string, string>();
  const found = Object.entries(frontDoors).flatMap(([name, door]) => {
    const path = `frontDoors.${name}`;
    const ends = [
      ...door.endpoints.flatMap((endpoint, i) =>
        mustBe(`${path}.endpoints[${i}]`, endpoint, Object.keys(endpoints), "an endpoint"),
      ),
      ...(door.countries ?? []).flatMap((country, i) =>
        mustBe(`${path}.countries[${i}]`, country, countryCodes(), "a country (ISO 3166-1 alpha-2)"),
      ),
    ];
    if (ends.length > 0) return ends;
    const places = placesOfFrontDoor(environment, door);
    return [
      ...places.flatMap((place) => claim(owners, place, name, path)),
      ...places.flatMap((place) => checkPlace(environment, door, place, path)),
      ...checkProxies(environment, door, path),
      ...checkDoor(environment, door, path),
    ];
  });
  return [...found, ...residentWithoutDoor(environment)];
}

/** The load balancer of a place belongs to one door: a second one would mix two names and two blocs in its logs. */
function claim(owners: Map<string, string>, place: string, name: string, path: string): Problem[] {
  const owner = owners.get(place);
  if (owner !== undefined)
    return [problem(`${path}.endpoints`, `${place} belongs to the front door ${owner}`)];
  owners.set(place, name);
  return [];
}

function checkPlace(
  environment: EnvironmentContent,
  door: FrontDoor,
  place: string,
  path: string,
): Problem[] {
  const declared = environment.places[place];
  const zones = isAwsPlace(declared) ? declared.zones.length : 0;
  return [
    ...(door.certificates[place] === undefined
      ? [
          problem(
            `${path}.certificates.${place}`,
            `nothing: the endpoints of ${place} need a certificate there`,
          ),
        ]
      : []),
    ...(zones >= 2
      ? []
      : [problem(`places.${place}.zones`, `${zones}: a front door needs two zones at least`)]),
  ];
}

/** A load balancer cannot sign, so an endpoint of SageMaker needs the proxy in front of it. */
function checkProxies({ endpoints }: EnvironmentContent, door: FrontDoor, path: string): Problem[] {
  return door.endpoints.flatMap((name, i) => {
    const sageMaker = endpoints[name]?.sageMaker;
    return sageMaker && sageMaker.proxyImage === undefined
      ? [
          problem(
            `${path}.endpoints[${i}]`,
            `${shown(name)} has no sageMaker.proxyImage, which signs for users`,
          ),
        ]
      : [];
  });
}

/** What the component itself would refuse: above all two legal blocs behind one listener. */
function checkDoor(environment: EnvironmentContent, door: FrontDoor, path: string): Problem[] {
  const entries = placesOfFrontDoor(environment, door).map((place) => ({
    region: regionOf(environment, place) ?? "",
    loadBalancerArn: "",
    dnsName: "",
    dnsZoneId: "",
    metricName: "",
  }));
  const carries = { dataset: "", classification: "", kinds: [], residency: [] };
  const { domain: domainName, countries } = door;
  return validateFrontDoor({
    domainName,
    zoneId: "",
    entries,
    carries,
    ...(countries === undefined ? {} : { countries }),
  }).map(({ propertyPath, reason }) =>
    problem(
      `${path}.${propertyPath.replace(/^entries.*/, "endpoints").replace("domainName", "domain")}`,
      reason,
    ),
  );
}

function residentWithoutDoor({ endpoints, frontDoors }: EnvironmentContent): Problem[] {
  const behind = new Set(Object.values(frontDoors).flatMap((door) => door.endpoints));
  return Object.entries(endpoints).flatMap(([name, { resident }]) =>
    resident && !behind.has(name)
      ? [problem(`endpoints.${name}`, "is resident, and no front door leads to it: nobody could ask it")]
      : [],
  );
}
