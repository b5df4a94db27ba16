import {
  awsRegion,
  awsRegionIds,
  countryName,
  directConnectLocationsOfMetro,
  equinixMetro,
  equinixMetroCodes,
  geoScopes,
  nearest,
} from "@hybrid-ai-fabric/locality";
import { overlaps, parseCidr } from "./cidr";
import { type EnvironmentContent, isAwsPlace } from "./environment-shape";
import { type Problem, problem, shown } from "./problems";

/** What the shape of an environment cannot say: that names lead somewhere, and that facts agree with each other. */
export function checkReferences(environment: EnvironmentContent): Problem[] {
  return [
    ...checkPlaces(environment),
    ...checkPrefixes(environment),
    ...checkDatasets(environment),
    ...checkInterconnects(environment),
    ...checkTransfers(environment),
  ];
}

/** A name must be one of the legal ones; the nearest of them are shown. */
function mustBe(path: string, value: string, legal: readonly string[], noun: string): Problem[] {
  if (legal.includes(value)) return [];
  const close = nearest(value, legal);
  const hint =
    legal.length <= 8 ? legal.join(", ") : `nearest: ${close.join(", ") || "none"}; ${legal.length} in all`;
  return [problem(path, `${shown(value)} is not ${noun} (${hint || "there is none"})`)];
}

function checkPlaces({ places, accounts }: EnvironmentContent): Problem[] {
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

/** Private ASNs that Amazon's gateways take; Equinix keeps 64600 of them for itself as a peer. */
export function checkAsn(path: string, asn: number): Problem[] {
  const isPrivate = (asn >= 64512 && asn <= 65534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);
  if (isPrivate && asn !== 64600) return [];
  return [
    problem(path, `${asn} is not usable: private ASNs are 64512-65534 (but 64600) and 4200000000-4294967294`),
  ];
}

function checkPrefixes({ places, interconnects }: EnvironmentContent): Problem[] {
  const written = [
    ...Object.entries(places).flatMap(([name, place]) =>
      isAwsPlace(place)
        ? [{ path: `places.${name}.cidr`, text: place.cidr }]
        : (place.cidrs ?? []).map((text, i) => ({ path: `places.${name}.cidrs[${i}]`, text })),
    ),
    ...Object.entries(interconnects).map(([name, { linkCidr }]) => ({
      path: `interconnects.${name}.linkCidr`,
      text: linkCidr,
    })),
  ];
  const parsed = written.map((entry) => ({ ...entry, cidr: parseCidr(entry.text) }));
  const malformed = parsed
    .filter(({ cidr }) => cidr === undefined)
    .map(({ path, text }) => problem(path, `${shown(text)} is not an IPv4 prefix such as 10.16.0.0/16`));
  const clashes = parsed.flatMap((a, i) =>
    parsed
      .slice(i + 1)
      .flatMap((b) =>
        a.cidr &&
        b.cidr &&
        overlaps(a.cidr, b.cidr) &&
        !(a.path.startsWith("interconnects") && b.path.startsWith("interconnects"))
          ? [problem(b.path, `${shown(b.text)} overlaps ${a.text} of ${a.path}`)]
          : [],
      ),
  );
  return [...malformed, ...clashes];
}

function checkDatasets({ datasets, places }: EnvironmentContent): Problem[] {
  const names = Object.keys(places);
  return Object.entries(datasets).flatMap(([name, dataset]) => [
    ...mustBe(`datasets.${name}.home`, dataset.home, names, "a place"),
    ...(dataset.keysIn === undefined
      ? []
      : mustBe(`datasets.${name}.keysIn`, dataset.keysIn, awsPlaceNames(places), "an AWS place")),
  ]);
}

function checkInterconnects({ interconnects, places }: EnvironmentContent): Problem[] {
  const sites = Object.keys(places).filter((name) => !isAwsPlace(places[name]));
  return Object.entries(interconnects).flatMap(([name, { from, to, via, asn }]) => {
    const path = `interconnects.${name}`;
    const site = places[from];
    const metro = site && !isAwsPlace(site) ? site.site.metro : undefined;
    const noLocation =
      metro !== undefined &&
      equinixMetro(metro) !== undefined &&
      directConnectLocationsOfMetro(metro).length === 0;
    const ends = [from, ...to].flatMap((end) => countryOf(places[end]) ?? []);
    const outside = via.flatMap(({ equinixFabric }, i) => {
      const inside = equinixFabric.geoScope === undefined ? undefined : geoScopes[equinixFabric.geoScope];
      const out = inside ? ends.filter((country) => !inside.includes(country)) : [];
      return out.length === 0
        ? []
        : [
            problem(
              `${path}.via[${i}].equinixFabric.geoScope`,
              `${shown(equinixFabric.geoScope)} does not contain both ends (${out.join(", ")} is outside)`,
            ),
          ];
    });
    return [
      ...mustBe(`${path}.from`, from, sites, "a site"),
      ...to.flatMap((end, i) => mustBe(`${path}.to[${i}]`, end, awsPlaceNames(places), "an AWS place")),
      ...(noLocation
        ? [
            problem(
              `places.${from}.site.metro`,
              `${shown(metro)} has no Direct Connect location in an Equinix building`,
            ),
          ]
        : []),
      ...outside,
      ...checkAsn(`${path}.asn`, asn),
    ];
  });
}

function checkTransfers({
  transfers,
  places,
  datasets,
  interconnects,
  budgets,
}: EnvironmentContent): Problem[] {
  const sites = Object.keys(places).filter((name) => !isAwsPlace(places[name]));
  const found = Object.entries(transfers).flatMap(([name, transfer]) => {
    const path = `transfers.${name}`;
    const served = Object.values(interconnects).some(
      ({ from, to }) => from === transfer.from && to.includes(transfer.to),
    );
    const ends = [
      ...mustBe(`${path}.dataset`, transfer.dataset, Object.keys(datasets), "a dataset"),
      ...mustBe(
        `${path}.from`,
        transfer.from,
        sites,
        "a site: data is transferred from sites to AWS, never back",
      ),
      ...mustBe(`${path}.to`, transfer.to, awsPlaceNames(places), "an AWS place"),
    ];
    if (ends.length > 0 || served) return ends;
    return [
      problem(`${path}.to`, `${shown(transfer.to)} is reached by no interconnect from ${transfer.from}`),
    ];
  });
  const budgeted = Object.keys(budgets.transferHours).flatMap((name) =>
    mustBe(`budgets.transferHours.${name}`, name, Object.keys(datasets), "a dataset"),
  );
  return [...found, ...budgeted];
}

function awsPlaceNames(places: EnvironmentContent["places"]): string[] {
  return Object.keys(places).filter((name) => isAwsPlace(places[name]));
}

function countryOf(place: EnvironmentContent["places"][string] | undefined): string | undefined {
  if (place === undefined) return undefined;
  return isAwsPlace(place) ? awsRegion(place.aws)?.country : place.site.country;
}
