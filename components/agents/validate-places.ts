import { awsRegionIds, countryName } from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../problems";
import type { AgentPlaceAws, AgentPlaceSite, AgentTopology } from "./topology";
import { mustBe, wrong } from "./validate-topology";

/** What carries MQTT on a site. */
export const mqttBrokers = ["mosquitto", "nats"];

/** Everything that is wrong with places: where they are, and how what stands there is reached. */
export function validatePlaces({ places }: AgentTopology): ArgumentProblem[] {
  return Object.entries(places).flatMap(([name, { aws, site }]) => {
    const path = `places.${name}`;
    if ((aws === undefined) === (site === undefined))
      return [wrong(path, `is ${aws ? "both a region and a site" : "neither a region nor a site"}`)];
    return aws ? regionProblems(path, aws) : siteProblems(path, site);
  });
}

function regionProblems(path: string, { region, kafka, loadBalancer }: AgentPlaceAws): ArgumentProblem[] {
  const fits = (at: string, text: string, legal: RegExp, noun: string) =>
    legal.test(text) ? [] : [wrong(`${path}.${at}`, `"${text}" is not ${noun}`)];
  return [
    ...mustBe(`${path}.aws`, region, awsRegionIds(), "an AWS region"),
    ...(kafka
      ? [
          ...fits(
            "kafka.instanceType",
            kafka.instanceType,
            /^(express|kafka)\.[a-z0-9]+\.[a-z0-9]+$/,
            "a broker type such as express.m7g.large or kafka.m7g.large",
          ),
          ...(Number.isInteger(kafka.count) && kafka.count >= 3
            ? []
            : [
                wrong(
                  `${path}.kafka.count`,
                  `${kafka.count} is less than 3 brokers, on which nothing is replicated safely`,
                ),
              ]),
        ]
      : []),
    ...(loadBalancer
      ? [
          ...fits("loadBalancer.domain", loadBalancer.domain, /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a domain"),
          ...fits(
            "loadBalancer.certificateArn",
            loadBalancer.certificateArn,
            new RegExp(`^arn:[a-z-]+:acm:${region}:\\d{12}:certificate/[A-Za-z0-9-]+$`),
            `a certificate of ACM in ${region}`,
          ),
          ...fits(
            "loadBalancer.tokenIssuer",
            loadBalancer.tokenIssuer,
            /^https:\/\/\S+$/,
            "an https address",
          ),
        ]
      : []),
  ];
}

function siteProblems(path: string, site: AgentPlaceSite | undefined): ArgumentProblem[] {
  const { country = "", kafka, mqttBroker = "mosquitto" } = site ?? {};
  const secret = /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+$/;
  return [
    ...(countryName(country) ? [] : [wrong(`${path}.site.country`, `"${country}" is not a country`)]),
    ...mustBe(`${path}.mqttBroker`, mqttBroker, mqttBrokers, "a broker of MQTT"),
    ...(kafka && !/^[a-z0-9-]+(\.[a-z0-9-]+)+:\d{1,5}$/i.test(kafka.address)
      ? [
          wrong(
            `${path}.kafka.address`,
            `"${kafka.address}" is no host and port, such as kafka.ty-cage.example:9094`,
          ),
        ]
      : []),
    ...Object.entries(kafka ? { clientSecretArn: kafka.clientSecretArn, caSecretArn: kafka.caSecretArn } : {})
      .filter(([, arn]) => !secret.test(arn))
      .map(([key, arn]) => wrong(`${path}.kafka.${key}`, `"${arn}" is no ARN of a secret`)),
  ];
}
