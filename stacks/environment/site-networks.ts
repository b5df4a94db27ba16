import { equinixMetro, geoScopes, soldText } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { type Problem, problem, shown } from "../problems";
import { geoZonesOfSites, metrosOf, scopeOf } from "../site-network-decisions";
import { sitePlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { mbps, mustBe, named } from "./terms";
import { checkTransitEvidence, transitEvidence } from "./transit-evidence";
import { checkSold } from "./via/sold";

const member = z.strictObject({
  bandwidthMbps: mbps.describe(`${soldText("fabricCircuit")}`),
  port: z.string().optional().describe("id of the site's Fabric port: for EVPLAN and EPLAN"),
  vlan: z.number().int().optional().describe("VLAN on the port: for EVPLAN"),
  routerPackage: z
    .enum(["LAB", "STANDARD", "ADVANCED", "PREMIUM"])
    .optional()
    .describe("package of the Cloud Router that IPWAN orders for the site; default: STANDARD"),
});

const siteNetwork = z.strictObject({
  type: z
    .enum(["EVPLAN", "EPLAN", "IPWAN"])
    .default("EVPLAN")
    .describe("EVPLAN and EPLAN switch Ethernet between ports, IPWAN routes between Cloud Routers"),
  project: z.string().describe("id of the Fabric project"),
  sites: named(member).describe("sites that join, by place"),
  scope: z
    .enum(["LOCAL", "REGIONAL", "GLOBAL"])
    .optional()
    .describe("how far it may reach; default: LOCAL inside one metro, else REGIONAL"),
  region: z.enum(["AMER", "EMEA", "APAC"]).optional().describe("Fabric's region: for REGIONAL"),
  carries: z.array(z.string()).default([]).describe("datasets that cross it"),
  geoScope: z
    .enum(Object.keys(geoScopes) as [string, ...string[]])
    .optional()
    .describe("geo zone that its circuits may not leave; default: the narrowest that the datasets may pass"),
  transitEvidence: transitEvidence.optional(),
  notifications: z.array(z.email()).min(1).default(["network@example.com"]),
  protect: z.boolean().default(true).describe("false lets its circuits be deleted"),
});

/** Networks between sites in the Equinix Fabric, by name: E-LAN or IP-WAN. No network: sites do not reach each other. */
export const siteNetworks = named(siteNetwork);

export type SiteNetwork = z.infer<typeof siteNetwork>;

export function checkSiteNetworks(environment: EnvironmentContent): Problem[] {
  return Object.entries(environment.siteNetworks).flatMap(([name, network]) => {
    const path = `siteNetworks.${name}`;
    return [
      ...checkMembers(path, network, environment),
      ...network.carries.flatMap((dataset, i) =>
        mustBe(`${path}.carries[${i}]`, dataset, Object.keys(environment.datasets), "a dataset"),
      ),
      ...checkScope(path, network, environment),
      ...checkZone(path, network, environment),
      ...checkTransitEvidence(`${path}.transitEvidence`, network.transitEvidence),
    ];
  });
}

/** Two sites at least, each joined as the type asks. */
function checkMembers(path: string, { sites, type }: SiteNetwork, { places }: EnvironmentContent): Problem[] {
  const names = Object.keys(sites);
  const few =
    names.length < 2 ? [problem(`${path}.sites`, `${names.length}: a network joins two sites at least`)] : [];
  const members = Object.entries(sites).flatMap(([name, member]) => {
    const at = `${path}.sites.${name}`;
    const words = { port: type !== "IPWAN", vlan: type === "EVPLAN" };
    const { port, vlan, routerPackage, bandwidthMbps } = member;
    return [
      ...mustBe(at, name, sitePlaceNames(places), "a site"),
      ...checkSold(`${at}.bandwidthMbps`, "fabricCircuit", bandwidthMbps, "Fabric sells no other circuit"),
      ...checkWord(`${at}.port`, port, words.port, type),
      ...checkWord(`${at}.vlan`, vlan, words.vlan, type),
      ...(routerPackage !== undefined && type !== "IPWAN"
        ? [problem(`${at}.routerPackage`, `${shown(routerPackage)}: only IPWAN orders Cloud Routers`)]
        : []),
    ];
  });
  return [...few, ...members];
}

function checkWord(at: string, value: unknown, needed: boolean, type: string): Problem[] {
  if ((value !== undefined) === needed) return [];
  return [problem(at, `${shown(value)}: ${type} ${needed ? "needs it" : "has none"}`)];
}

function checkScope(path: string, network: SiteNetwork, environment: EnvironmentContent): Problem[] {
  const metros = metrosOf(network, environment);
  const scope = scopeOf(network, environment);
  if (scope === "LOCAL" && metros.length > 1)
    return [
      problem(
        `${path}.scope`,
        `"LOCAL" is one metro, and the sites are in ${metros.join(", ")}: REGIONAL or GLOBAL`,
      ),
    ];
  if (scope === "REGIONAL" && network.region === undefined) {
    const reason = `nothing: REGIONAL (sites in ${metros.join(", ")}) needs one of AMER, EMEA, APAC`;
    return [problem(`${path}.region`, reason)];
  }
  if (scope === "REGIONAL" || network.region === undefined) return [];
  return [
    problem(`${path}.region`, `${shown(network.region)}: it goes with scope REGIONAL, and this is ${scope}`),
  ];
}

/** Its circuits leave their metro, so a limit needs a zone, or evidence that the packs judge. */
function checkZone(path: string, network: SiteNetwork, environment: EnvironmentContent): Problem[] {
  const at = `${path}.geoScope`;
  const { geoScope, transitEvidence } = network;
  const { holding, fitting, limiting } = geoZonesOfSites(network, environment);
  const countries = [
    ...new Set(metrosOf(network, environment).map((metro) => equinixMetro(metro)?.country ?? metro)),
  ];
  const zones = (list: readonly string[]) => list.join(", ") || "none";
  if (geoScope !== undefined && !holding.includes(geoScope))
    return [
      problem(
        at,
        `${shown(geoScope)} does not contain all sites (${countries.join(", ")}); zones that do: ${zones(holding)}`,
      ),
    ];
  if (limiting.length === 0 || transitEvidence) return [];
  if (geoScope === undefined ? fitting.length > 0 : fitting.includes(geoScope)) return [];
  const where = metrosOf(network, environment).length > 1 || geoScope !== undefined;
  if (!where) return [];
  const reason = `${shown(geoScope)}: ${limiting.join(", ")} may not pass everywhere, and zones that fit ${countries.join(" and ")} are ${zones(fitting)}: give transitEvidence, or carry something else`;
  return [problem(at, reason)];
}
