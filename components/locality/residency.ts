import { ANYWHERE, blocNames, countriesOfBloc, countryName } from "./countries";
import table from "./data/jurisdictions.json";
import { factTable, perLayer } from "./fact-table";
import { nearest } from "./nearest";
import type { Place } from "./place";
import { type Dimension, type Profile, residencyProfile, residencyProfileIds } from "./profiles";
import { allOf, anyOf, holds, type Verdict } from "./verdict";

/** An evidence that was approved, by the id that a residency asks for (`scc-tia`, `e2e-encrypted` ...). */
export interface Attestation {
  id: string;
}

/** One residency term, read: a named profile, or jurisdictions and blocs of which one must fit. */
export type Residency =
  | { kind: "any" }
  | { kind: "profile"; id: string; profile: Profile }
  | { kind: "places"; places: string[] };

/** What a verdict may rest on besides the place. */
export interface Circumstances {
  attestations?: readonly Attestation[];
  /** Kinds of the data, for residencies that treat some apart. */
  kinds?: readonly string[];
  /** Hours after which a store deletes what it holds, where its properties say so. */
  retentionHours?: number;
  /** Day of the verdict (YYYY-MM-DD): a decision that is not yet or no longer in force opens no way. Default: none is asked. */
  today?: string;
}

interface TransferRelation {
  from: string;
  to: string;
  basis: string;
  source: string;
  condition?: string;
  attestation?: string;
  since?: string;
  expires?: string;
  /** Kinds of data that the decision leaves out. */
  dataExclusions?: string[];
}

/** What one law says of another country, by `from>to`: `EEA>JP`. */
const relations = factTable<TransferRelation>(
  "transferRelations",
  table.asOf,
  Object.fromEntries(
    table.transferRelations.map((relation) => [`${relation.from}>${relation.to}`, relation]),
  ),
);
const denyLists = factTable<string[]>("denyLists", table.asOf, table.denyLists);
/** Who runs a place: the countries that control the operator, and the laws that reach it. */
const operators = factTable<{ controlCountries: string[]; exposure: string[] }>(
  "operators",
  table.asOf,
  table.operators,
);

/** Words of a label value: residencies, datasets and kinds are separated by spaces. */
export function residencyTerms(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** Reads one term: a profile id, jurisdictions and blocs joined by `+`, or `any`. */
export function parseResidency(term: string): { residency: Residency } | { problem: string } {
  if (term === "any") return { residency: { kind: "any" } };
  const profile = residencyProfile(term);
  if (profile) return { residency: { kind: "profile", id: term, profile } };
  const places = term.split("+");
  const wrong = places.filter((place) => !isJurisdiction(place));
  if (wrong.length === 0) return { residency: { kind: "places", places } };
  const legal = [...residencyProfileIds(), ...blocNames().map((bloc) => `bloc:${bloc}`), "any"];
  const close = nearest(term, legal).join(", ");
  const hint = close === "" ? "" : `; nearest: ${close}`;
  return {
    problem: `"${term}" is neither a residency profile (${residencyProfileIds().join(", ")}), nor countries (JP) and blocs (bloc:EEA) joined by +, nor any${hint}`,
  };
}

function isJurisdiction(place: string): boolean {
  if (place.startsWith("bloc:")) return countriesOfBloc(place.slice(5)) !== undefined;
  return countryName(place) !== undefined;
}

/** May data under all these terms be in this place? No term at all allows every place. */
export function mayBeIn(
  terms: readonly string[],
  dimension: Dimension,
  place: Place,
  circumstances: Circumstances = {},
): Verdict {
  return allOf(terms.map((term) => judgeTerm(term, dimension, place, circumstances)));
}

function judgeTerm(term: string, dimension: Dimension, place: Place, circumstances: Circumstances): Verdict {
  const parsed = parseResidency(term);
  if ("problem" in parsed) return { verdict: "cannotBeShown", reason: `Residency ${parsed.problem}.` };
  const { residency } = parsed;
  if (residency.kind === "any" || (residency.kind === "places" && dimension === "controlPlane")) return holds;
  if (residency.kind === "places")
    return anyOf(
      residency.places.map((p) => judgeEntry(p, place, {})),
      outside(place),
    );
  return judgeProfile(residency.profile, dimension, place, circumstances);
}

function judgeProfile(
  profile: Profile,
  dimension: Dimension,
  place: Place,
  circumstances: Circumstances,
): Verdict {
  const attested = attestedIn(circumstances);
  const kinds = circumstances.kinds ?? [];
  const excluded = kinds.some((kind) => profile.dataExclusions?.includes(kind));
  const entries = profile.places[dimension].filter((entry) => !excluded || !entry.startsWith("adequate:"));
  const within = (list: readonly string[]) =>
    anyOf(
      list.map((entry) => judgeEntry(entry, place, circumstances)),
      outside(place),
    );
  const where = within(entries);
  const narrower = kinds.flatMap((kind) => {
    const places = profile.kinds?.[kind]?.[dimension];
    return places ? [within(places)] : [];
  });
  const relaxed = (profile.relaxations ?? [])
    .filter(
      (relaxation) => relaxation.planes.includes(dimension) && attested.includes(relaxation.attestation),
    )
    .filter((relaxation) => !relaxation.deny.some((list) => denyLists.get(list)?.includes(place.country)))
    .map((relaxation) => within(relaxation.allow));
  const brief = profile.temporaryStore;
  const hours = circumstances.retentionHours;
  const passing: Verdict[] =
    dimension !== "store" || brief === undefined || hours === undefined || hours > brief.maxHours
      ? []
      : attested.includes(brief.attestation)
        ? [holds]
        : [
            {
              verdict: "cannotBeShown",
              reason: `It may rest there for ${brief.maxHours} hours only with attestation ${brief.attestation}.`,
            },
          ];
  return allOf([
    anyOf([...relaxed, ...passing], where),
    ...narrower,
    judgeDenied(profile, place),
    judgePartition(profile, place),
    judgeOperator(profile, place, dimension),
  ]);
}

function attestedIn({ attestations = [] }: Circumstances): string[] {
  return attestations.map(({ id }) => id);
}

const relationsFrom = perLayer(() => {
  const from = new Map<string, TransferRelation[]>();
  for (const [, relation] of relations.entries())
    from.set(relation.from, [...(from.get(relation.from) ?? []), relation]);
  return from;
});

function inForce(since: string | undefined, expires: string | undefined, today: string | undefined): boolean {
  return today === undefined || ((since ?? today) <= today && (expires ?? today) >= today);
}

/** Why an entry of a profile says no place; undefined for one that does. */
export function allowedEntryProblem(entry: string): string | undefined {
  if (entry === "*" || isJurisdiction(entry)) return undefined;
  if (entry.startsWith("adequate:") && relationsFrom().has(entry.slice(9))) return undefined;
  const froms = [...relationsFrom().keys()].sort().join(", ");
  return `"${entry}" is neither *, nor a country, nor bloc:<name>, nor adequate:<one of ${froms}>`;
}

/** One entry of a profile: `*`, a country, `bloc:<name>`, or `adequate:<from>` for the countries that a law accepts. */
function judgeEntry(entry: string, place: Place, circumstances: Circumstances): Verdict {
  if (entry === "*") return holds;
  if (entry.startsWith("adequate:")) return judgeTransfer(entry.slice(9), place, circumstances);
  const inside = entry.startsWith("bloc:")
    ? (countriesOfBloc(entry.slice(5)) ?? []).includes(place.country)
    : entry === place.country;
  return inside ? holds : outside(place);
}

function judgeTransfer(from: string, place: Place, circumstances: Circumstances): Verdict {
  const attested = attestedIn(circumstances);
  const routes = (relationsFrom().get(from) ?? []).filter(
    ({ to, since, expires, dataExclusions = [] }) =>
      inForce(since, expires, circumstances.today) &&
      !dataExclusions.some((kind) => circumstances.kinds?.includes(kind)) &&
      (to === "*" || to === place.country || (countriesOfBloc(to) ?? []).includes(place.country)),
  );
  return anyOf(
    routes.map((route): Verdict => {
      if (!route.condition || (route.attestation && attested.includes(route.attestation))) return holds;
      const needs = route.attestation
        ? `attestation ${route.attestation}`
        : "an evidence that no attestation covers";
      return {
        verdict: "cannotBeShown",
        reason: `${route.basis} allows ${place.country} only when ${route.condition}: ${needs} is missing.`,
      };
    }),
    outside(place),
  );
}

function judgeDenied(profile: Profile, place: Place): Verdict {
  if (place.country === ANYWHERE && (profile.deny?.places ?? []).length > 0) {
    return { verdict: "broken", reason: "anywhere includes countries on the deny list." };
  }
  if (profile.deny?.places?.includes(place.country)) {
    return { verdict: "broken", reason: `${place.country} is on the deny list.` };
  }
  const control = operators.get(place.operator)?.controlCountries ?? [];
  const hostile = control.filter((country) => profile.deny?.operatorsControlledFrom?.includes(country));
  if (hostile.length === 0) return holds;
  return {
    verdict: "broken",
    reason: `its operator ${place.operator} is controlled from ${hostile.join(", ")}.`,
  };
}

function judgePartition(profile: Profile, place: Place): Verdict {
  if (!profile.partitions || place.partition === undefined || profile.partitions.includes(place.partition))
    return holds;
  return {
    verdict: "broken",
    reason: `partition ${place.partition} is none of ${profile.partitions.join(", ")}.`,
  };
}

function judgeOperator(profile: Profile, place: Place, dimension: Dimension): Verdict {
  const allow = allowedOperators(profile, dimension);
  if (!allow.includes("*") && !allow.includes(place.operator) && !isCarrier(place.operator)) {
    return { verdict: "broken", reason: `operator ${place.operator} is none of ${allow.join(", ")}.` };
  }
  const denied = profile.operators?.denyExposure ?? [];
  const disputedCounts = profile.operators?.disputedExposure === "deny";
  const exposure = (operators.get(place.operator)?.exposure ?? []).filter((law) => {
    const undisputed = law.replace(DISPUTED, "");
    return denied.includes(law) || (law !== undisputed && disputedCounts && denied.includes(undisputed));
  });
  if (exposure.length === 0) return holds;
  return { verdict: "broken", reason: `operator ${place.operator} is exposed to ${exposure.join(", ")}.` };
}

/** Who may hold the data, or, for its keys, who may hold those. */
function allowedOperators({ operators, keyOperators }: Profile, dimension: Dimension): string[] {
  const allow = operators?.allow ?? ["*"];
  return dimension === "key" ? (keyOperators?.allow ?? allow) : allow;
}

/** Mark of an exposure that lawyers dispute. */
const DISPUTED = /:disputed$/;

/** Laws that reach the operator of a place, of which a residency wants to be told without refusing it. */
export function exposuresToTell(terms: readonly string[], place: Place): string[] {
  const exposure = operators.get(place.operator)?.exposure ?? [];
  const told = terms.flatMap((term) => {
    const profile = residencyProfile(term);
    const { warnExposure = [], denyExposure = [], disputedExposure = "warn" } = profile?.operators ?? {};
    return exposure.filter((law) => {
      const undisputed = law.replace(DISPUTED, "");
      if (law === undisputed) return warnExposure.includes(law);
      return disputedExposure === "warn" && [...warnExposure, ...denyExposure].includes(undisputed);
    });
  });
  return [...new Set(told)].sort();
}

/** Who only carries what passes: their exposure is judged by `denyExposure`, not by the list of hosts. */
function isCarrier(operator: string): boolean {
  return operator === "equinix" || operator === "megaport";
}

function outside(place: Place): Verdict {
  if (place.country === ANYWHERE) return { verdict: "broken", reason: "It may be in any country." };
  return { verdict: "broken", reason: `${place.country} is outside.` };
}

/** True when the terms set no limit in this dimension, so that no evidence is needed. */
export function isUnlimited(terms: readonly string[], dimension: Dimension): boolean {
  return terms.every((term) => {
    const parsed = parseResidency(term);
    if ("problem" in parsed) return false;
    const { residency } = parsed;
    if (residency.kind !== "profile") return residency.kind === "any";
    return (
      residency.profile.places[dimension].includes("*") &&
      !residency.profile.deny &&
      !residency.profile.partitions &&
      !residency.profile.kinds &&
      takesEveryOperator(residency.profile, dimension)
    );
  });
}

function takesEveryOperator(profile: Profile, dimension: Dimension): boolean {
  return (
    allowedOperators(profile, dimension).includes("*") && (profile.operators?.denyExposure ?? []).length === 0
  );
}

/** Where data of these kinds may be under these terms, for messages: `JP`, `bloc:EEA or adequate:EEA`, `anywhere`. */
export function allowedPlacesText(
  terms: readonly string[],
  dimension: Dimension,
  kinds: readonly string[] = [],
): string {
  const texts = terms.map((term) => {
    const parsed = parseResidency(term);
    if ("problem" in parsed) return `nowhere ("${term}" is not a residency)`;
    const { residency } = parsed;
    if (residency.kind === "any") return "anywhere";
    const places = residency.kind === "places" ? residency.places : residency.profile.places[dimension];
    const denied = residency.kind === "profile" ? (residency.profile.deny?.places ?? []) : [];
    const text = places.includes("*") ? "anywhere" : places.join(" or ");
    const narrower = kinds.flatMap((kind) => {
      const own = residency.kind === "profile" ? residency.profile.kinds?.[kind]?.[dimension] : undefined;
      return own ? [` and, as ${kind}, only in ${own.join(" or ")}`] : [];
    });
    return `${text}${denied.length > 0 ? ` but ${denied.join(", ")}` : ""}${narrower.join("")}`;
  });
  return [...new Set(texts)].join(" and ") || "anywhere";
}
