import {
  awsRegion,
  awsRegionIds,
  countryName,
  equinixMetro,
  equinixMetroCodes,
} from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { type Problem, problem, shown } from "../problems";
import type { EnvironmentContent } from "./shape";
import { checkAsn, cidr, mustBe, named } from "./terms";

const kubeconfigKey = z.string().describe("name of the secret config key with the kubeconfig");

const siteCluster = z.strictObject({
  kubeconfigKey,
  trustDomain: z.string().describe("SPIFFE trust domain of its mesh, such as ty-cage.example"),
  issuer: z.url().optional().describe("issuer of its service account tokens, which AWS must reach"),
  trustAnchor: z
    .string()
    .startsWith("arn:")
    .optional()
    .describe("trust anchor of its certificates, where nothing may be published"),
  bridgeCertificate: z
    .string()
    .startsWith("arn:")
    .optional()
    .describe("certificate by which its MQTT broker bridges to IoT Core"),
  kafka: z
    .strictObject({
      cluster: z.string(),
      namespace: z.string().default("kafka"),
      address: z.string().optional().describe("host and port that AWS reaches it by, for pipes"),
      clientSecret: z.string().optional().describe("ARN of the secret with the certificate of pipes"),
      caSecret: z.string().optional().describe("ARN of the secret with the authority of its brokers"),
    })
    .optional(),
  mqttBroker: z.string().optional().describe("mosquitto or nats; default: mosquitto"),
});

const awsCluster = z.strictObject({ kubeconfigKey });

const sitePlace = z.strictObject({
  site: z.strictObject({
    metro: z.string().describe("Equinix metro code, such as TY"),
    country: z.string().describe("ISO 3166-1 alpha-2"),
  }),
  cidrs: z.array(cidr).optional().describe("prefixes of the site that AWS may reach"),
  cluster: siteCluster.optional().describe("the Kubernetes that agents run on"),
});

const awsPlace = z.strictObject({
  aws: z.string().describe("AWS region"),
  account: z.string().optional(),
  zones: z.array(z.string()).min(1).describe("Availability Zone ids, such as apne1-az1"),
  cidr,
  transitGatewayAsn: z
    .number()
    .int()
    .optional()
    .describe(
      "private ASN of the region's transit gateway; default: one that comes from account and region alone",
    ),
  purpose: z
    .enum(["training", "serving", "agents"])
    .default("training")
    .describe("what runs here: places of one region reach each other only when they serve the same"),
  endpoints: z
    .array(z.string())
    .default(["datasync"])
    .describe("AWS services that get a private endpoint beside S3, such as datasync or ecr.api"),
  flowLogDays: z.number().int().default(90).describe("days that flow records are kept; 0: none"),
  nat: z.boolean().default(false).describe("nodes may fetch from the Internet"),
  ipv6: z.boolean().default(false),
  eksCluster: z.string().optional().describe("name of the EKS cluster of agents; default: agents"),
  cluster: awsCluster.optional().describe("how that cluster is reached"),
  iotEndpoint: z.string().optional().describe("address of IoT Core, which brokers on site bridge to"),
  kafka: z
    .strictObject({
      instanceType: z.string().describe("such as express.m7g.large or kafka.m7g.large"),
      count: z.number().int().describe("brokers in all zones together"),
      kafkaVersion: z.string().optional(),
      volumeGib: z.number().int().optional().describe("disk of each broker; Express has none"),
    })
    .optional()
    .describe("brokers for the streams of agents; default: MSK Serverless, which takes no key of yours"),
  loadBalancer: z
    .strictObject({
      domain: z.string().describe("agents are called by names below it"),
      certificate: z.string().describe("ARN of a certificate of ACM in this region"),
    })
    .optional()
    .describe("calls to agents come through a load balancer that checks tokens; default: VPC Lattice"),
});

/** Sites and AWS regions by name: where things can be. */
export const places = named(z.union([sitePlace, awsPlace]));

export type SitePlace = z.infer<typeof sitePlace>;
export type AwsPlace = z.infer<typeof awsPlace>;
type Places = { [name: string]: SitePlace | AwsPlace };

export function isAwsPlace(place: SitePlace | AwsPlace | undefined): place is AwsPlace {
  return place !== undefined && "aws" in place;
}

export function awsPlaceNames(places: Places): string[] {
  return Object.keys(places).filter((name) => isAwsPlace(places[name]));
}

export function sitePlaceNames(places: Places): string[] {
  return Object.keys(places).filter((name) => !isAwsPlace(places[name]));
}

export function countryOf(place: SitePlace | AwsPlace | undefined): string | undefined {
  if (place === undefined) return undefined;
  return isAwsPlace(place) ? awsRegion(place.aws)?.country : place.site.country;
}

export function checkPlaces({ places, accounts }: EnvironmentContent): Problem[] {
  return Object.entries(places).flatMap(([name, place]) => {
    const path = `places.${name}`;
    if (!isAwsPlace(place)) {
      const { metro, country } = place.site;
      const known = equinixMetro(metro);
      const wrongCountry = known && known.country !== country && countryName(country) !== undefined;
      return [
        ...mustBe(`${path}.site.metro`, metro, equinixMetroCodes(), "an Equinix metro"),
        ...(countryName(country)
          ? []
          : [
              problem(
                `${path}.site.country`,
                `${shown(country)} is not a country (ISO 3166-1 alpha-2, such as JP)`,
              ),
            ]),
        ...(wrongCountry
          ? [
              problem(
                `${path}.site.country`,
                `${shown(country)}, but metro ${metro} is ${known.city} (${known.country})`,
              ),
            ]
          : []),
      ];
    }
    const region = awsRegion(place.aws);
    const zones = region?.zoneIds ?? [];
    return [
      ...mustBe(`${path}.aws`, place.aws, awsRegionIds(), "an AWS region"),
      ...(zones.length === 0
        ? []
        : place.zones.flatMap((zone, i) =>
            mustBe(`${path}.zones[${i}]`, zone, zones, `a zone id of ${place.aws}`),
          )),
      ...(place.account === undefined
        ? []
        : mustBe(`${path}.account`, place.account, Object.keys(accounts), "an account")),
      ...(place.transitGatewayAsn === undefined
        ? []
        : checkAsn(`${path}.transitGatewayAsn`, place.transitGatewayAsn)),
    ];
  });
}
