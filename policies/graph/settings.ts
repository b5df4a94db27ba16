import {
  type Classification,
  classifications,
  dataKinds,
  isPlain,
  nearest,
  parseResidency,
  quoted,
  type TableLayer,
  withTables,
} from "@hybrid-ai-fabric/locality";
import { fromDeclaration } from "./places";
import { ownTables, tablesOf, tablesProblems } from "./tables";

/** A dataset of the registry: who approves leaks keeps it, not who writes the program. */
export interface RegisteredDataset {
  classification: Classification;
  kinds: string[];
  residency: string[];
}

/** Who answers for an entry, why it is right, and until when. Past its day an entry counts as none. */
export interface Accountable {
  id?: string;
  owner?: string;
  reason?: string;
  expires?: string;
}

/** Labels, places and flows that no property shows, matched by URN, type and name globs. */
export interface LabelRule extends Accountable {
  urn?: string;
  type?: string;
  name?: string;
  dataset?: string[];
  places?: string[];
  reads?: string[];
  writes?: string[];
  /** Accounts that a policy lets read, where the policy itself is not known before creation. */
  readers?: string[];
}

/** An account or organisation that is let read: its own (no places), or another one that stands in these places. */
export interface KnownAccount {
  owner: string;
  /** Where whoever is in it reads. Absent: it is one of our own, whose resources these packs judge. */
  places?: string[];
  expires: string;
}

export interface ExternalStore extends Accountable {
  match: string;
  dataset?: string[];
  place: string;
  operator?: string;
}

export interface Evidence {
  id: string;
  urn?: string;
  countries?: string[];
  basis?: string;
  document?: string;
  expires: string;
}

export interface Approval {
  id: string;
  urn: string;
  from: string;
  to: string;
  approver: string;
  expires: string;
}

export interface Exemption {
  id: string;
  rule: string;
  urn: string;
  owner: string;
  reason: string;
  expires: string;
}

/** The most milliseconds that a packet may take between two places and back. */
export interface RoundTripBudget {
  /** Places as elsewhere in the settings: `aws:ap-northeast-1`, `metro:TY` or a country. */
  from: string;
  to: string;
  ms: number;
}

/** The most USD that data leaving a region may cost in a year. */
export interface EgressBudget {
  /** Glob of the name or URN of what sends: an endpoint, a load balancer or a replication. */
  match: string;
  /** What it is expected to send: no plan shows it. */
  gbPerYear: number;
  usdPerYear: number;
}

/** Numbers that a plan must keep; what is not named has no limit. */
export interface Budgets {
  roundTripMs: RoundTripBudget[];
  /** Hours that a bulk transfer may take, by dataset. */
  transferHours: { [dataset: string]: number };
  /** Milliseconds from a user population, written as a place, to what answers it and back. */
  userRoundTripMs: { [population: string]: number };
  egress: EgressBudget[];
}

/** The resiliency models of AWS Direct Connect. */
export const resiliencyClasses = ["development", "high", "maximum"] as const;
export type ResiliencyClass = (typeof resiliencyClasses)[number];

export type RuleLevel = "mandatory" | "advisory" | "disabled";

/** What a team decides about its packs, apart from the program they judge. */
export interface Settings {
  version: 1;
  strict: boolean;
  /** Undefined when there is no registry: then the tags are the declaration. */
  datasets?: { [name: string]: RegisteredDataset };
  labels: LabelRule[];
  externalStores: ExternalStore[];
  attestations: Evidence[];
  approvals: Approval[];
  exemptions: Exemption[];
  /** By account id (12 digits) or organisation id (`o-...`). */
  accounts: { [id: string]: KnownAccount };
  budgets: Budgets;
  /** Resiliency class that the circuits of a Direct Connect gateway must reach, by a glob of its name or URN. */
  resiliency: { [gateway: string]: ResiliencyClass };
  rules: { [rule: string]: RuleLevel };
  tables: {
    /** Country of a Megaport location. */
    megaportLocations: { [id: string]: string };
    /** Building of a Megaport location, as a Direct Connect location code where AWS is in it. */
    megaportBuildings: { [id: string]: string };
    /** Rows laid over the tables of facts and the catalogue, by table and key. */
    facts: TableLayer;
    /** Day on which those rows were checked. */
    asOf?: string;
  };
  /** Age in days from which a table is told as old. Default: what each table says of itself. */
  tableAgeDays?: number;
}

export interface SettingsProblem {
  path: string;
  reason: string;
}

export const noSettings: Settings = {
  version: 1,
  strict: false,
  labels: [],
  externalStores: [],
  attestations: [],
  approvals: [],
  exemptions: [],
  accounts: {},
  budgets: { roundTripMs: [], transferHours: {}, userRoundTripMs: {}, egress: [] },
  resiliency: {},
  rules: {},
  tables: { megaportLocations: {}, megaportBuildings: {}, facts: {} },
};

type Shape = { [key: string]: Check };
type Check = (value: unknown, path: string, report: Report) => void;
type Report = (path: string, reason: string) => void;

const text: Check = (value, path, report) => {
  if (typeof value !== "string" || value === "") report(path, `${quoted(value)} is not a text`);
};
const flag: Check = (value, path, report) => {
  if (typeof value !== "boolean") report(path, `${quoted(value)} is neither true nor false`);
};
const date: Check = (value, path, report) => {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) {
    report(path, `${quoted(value)} is not a date (YYYY-MM-DD)`);
  }
};
const positive: Check = (value, path, report) => {
  if (typeof value !== "number" || !(value > 0)) report(path, `${quoted(value)} is not a number above 0`);
};
const place: Check = (value, path, report) => {
  if (typeof value !== "string") return report(path, `${quoted(value)} is not a place`);
  if (fromDeclaration(value).places.length === 0) {
    report(path, `${quoted(value)} is no place of the tables; write aws:<region>, metro:<code> or a country`);
  }
};
const datasetName: Check = (value, path, report) => {
  if (typeof value !== "string" || !/^[a-z0-9-]+$/.test(value)) {
    report(path, `${quoted(value)} is not a dataset name (a-z, 0-9 and -)`);
  }
};
const accountId: Check = (value, path, report) => {
  if (typeof value !== "string" || !/^(\d{12}|o-[a-z0-9]{10,32})$/.test(value))
    report(path, `${quoted(value)} is neither an account of 12 digits nor an organisation (o-...)`);
};
const residency: Check = (value, path, report) => {
  if (typeof value !== "string") return report(path, `${quoted(value)} is not a residency`);
  const parsed = parseResidency(value);
  if ("problem" in parsed) report(path, parsed.problem);
};
const oneOf =
  (legal: readonly string[]): Check =>
  (value, path, report) => {
    if (typeof value !== "string" || !legal.includes(value)) {
      report(path, `${quoted(value)} is none of ${legal.join(", ")}`);
    }
  };
const listOf =
  (check: Check): Check =>
  (value, path, report) => {
    if (!Array.isArray(value)) return report(path, `${quoted(value)} is not a list`);
    value.forEach((element, index) => {
      check(element, `${path}[${index}]`, report);
    });
  };
const mapOf =
  (check: Check, key: Check = text): Check =>
  (value, path, report) => {
    if (!isPlain(value)) return report(path, `${quoted(value)} is not a map`);
    for (const [name, element] of Object.entries(value)) {
      key(name, `${path}.${name}`, report);
      check(element, `${path}.${name}`, report);
    }
  };
const object =
  (required: Shape, optional: Shape = {}): Check =>
  (value, path, report) => {
    if (!isPlain(value)) return report(path, `${quoted(value)} is not an object`);
    const legal = { ...required, ...optional };
    for (const [key, element] of Object.entries(value)) {
      const check = legal[key];
      if (check) check(element, `${path}.${key}`, report);
      else
        report(
          `${path}.${key}`,
          `unknown key; the nearest legal one is ${nearest(key, Object.keys(legal), 1)}`,
        );
    }
    for (const key of Object.keys(required)) if (!(key in value)) report(`${path}.${key}`, "is missing");
  };

const accountable = { id: text, owner: text, reason: text, expires: date };

const tables: Check = (value, path, report) => {
  if (!isPlain(value)) return report(path, `${quoted(value)} is not an object`);
  object({}, { megaportLocations: mapOf(text), megaportBuildings: mapOf(text), asOf: date })(
    ownTables(value),
    path,
    report,
  );
  for (const { path: at, reason } of tablesProblems(value)) report(`${path}.${at}`, reason);
};

const settingsShape = object(
  { version: oneOfNumber(1) },
  {
    strict: flag,
    datasets: mapOf(
      object({
        classification: oneOf(classifications),
        kinds: listOf(oneOf(dataKinds())),
        residency: listOf(residency),
      }),
      datasetName,
    ),
    labels: listOf(
      object(
        {},
        {
          urn: text,
          type: text,
          name: text,
          dataset: listOf(datasetName),
          places: listOf(text),
          reads: listOf(text),
          writes: listOf(text),
          readers: listOf(accountId),
          ...accountable,
        },
      ),
    ),
    externalStores: listOf(
      object({ match: text, place: text }, { dataset: listOf(datasetName), operator: text, ...accountable }),
    ),
    attestations: listOf(
      object(
        { id: text, expires: date },
        { urn: text, countries: listOf(text), basis: text, document: text },
      ),
    ),
    approvals: listOf(
      object({ id: text, urn: text, from: datasetName, to: datasetName, approver: text, expires: date }),
    ),
    exemptions: listOf(object({ id: text, rule: text, urn: text, owner: text, reason: text, expires: date })),
    accounts: mapOf(object({ owner: text, expires: date }, { places: listOf(place) }), accountId),
    budgets: object(
      {},
      {
        roundTripMs: listOf(object({ from: place, to: place, ms: positive })),
        transferHours: mapOf(positive, datasetName),
        userRoundTripMs: mapOf(positive, place),
        egress: listOf(object({ match: text, gbPerYear: positive, usdPerYear: positive })),
      },
    ),
    resiliency: mapOf(oneOf(resiliencyClasses)),
    rules: mapOf(oneOf(["mandatory", "advisory", "disabled"])),
    tables,
    tableAgeDays: positive,
  },
);

/** Reads the settings of the packs. What is wrong comes back as problems, all at once; what is right still holds. */
export function parseSettings(raw: unknown): { settings: Settings; problems: SettingsProblem[] } {
  if (raw === undefined || (isPlain(raw) && Object.keys(raw).length === 0)) {
    return { settings: noSettings, problems: [] };
  }
  const problems: SettingsProblem[] = [];
  const facts = tablesOf(raw);
  withTables(facts, () => settingsShape(raw, "settings", (path, reason) => problems.push({ path, reason })));
  if (problems.length > 0) return { settings: noSettings, problems };
  const given = raw as Partial<Settings>;
  const tables = { ...noSettings.tables, ...ownTables(given.tables ?? {}), facts };
  const budgets = { ...noSettings.budgets, ...given.budgets };
  return { settings: { ...noSettings, ...given, tables, budgets }, problems };
}

function oneOfNumber(legal: number): Check {
  return (value, path, report) => {
    if (value !== legal) report(path, `${quoted(value)} is not ${legal}`);
  };
}
