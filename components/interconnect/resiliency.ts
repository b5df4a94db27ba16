import type { ArgumentProblem } from "../problems";

/** Where a provider hands circuits over to AWS: what an environment offers for one path. */
export interface HandOff {
  /** Who carries the circuit to the building. */
  provider: "equinixFabric" | "megaport" | "directConnect";
  /** Code of the Direct Connect location, such as EQTY2: the building. Two codes of one campus are one location. */
  location: string;
}

/** One circuit that a resiliency asks for. */
export interface PlannedCircuit {
  /** Stable: it names neither the place nor its number among all, so a path that is added renames none. */
  key: string;
  /** Number of the hand-off, from 0. */
  handOff: number;
  provider: HandOff["provider"];
  location: string;
  /** Device of the location that it ends on, from 1; the a-side has a router of its own for each. */
  device: number;
  /** 0 is preferred; two circuits of one rank share the load. */
  rank: number;
}

export interface ResiliencyRequest {
  /** development, high or maximum: the models of AWS's Direct Connect Resiliency Toolkit. */
  resiliency: string;
  /** In order of preference. */
  handOffs: readonly HandOff[];
  /** Circuits of `development`: 2 as AWS defines it, 1 where even a device may cut the site off. */
  circuits?: number;
  /** All circuits share the load. Default: false, one carries and the others wait. */
  shareLoad?: boolean;
}

/** What the plan is worth, and why. */
export interface SlaClass {
  /** Percent of time that AWS promises for such a topology; undefined where it promises none. */
  percent?: number;
  text: string;
  reasons: string[];
}

/** Circuits at each hand-off, as the models define them: maximum asks for two devices in every location. */
const DEVICES: { [resiliency: string]: number | undefined } = { development: 2, high: 1, maximum: 2 };

/** Expands a resiliency into circuits. The first circuit of the first path has the key "", so it may bear the bare name. */
export function planCircuits({
  resiliency,
  handOffs,
  circuits,
  shareLoad,
}: ResiliencyRequest): PlannedCircuit[] {
  const devices = devicesPerPath(resiliency, circuits);
  const planned = handOffs.flatMap((handOff, index) =>
    Array.from({ length: devices }, (_, device) => ({
      key: [pathKey(handOffs, index), device === 0 ? "" : String(device + 1)].filter(Boolean).join("-"),
      handOff: index,
      provider: handOff.provider,
      location: handOff.location,
      device: device + 1,
    })),
  );
  return planned.map((circuit, rank) => ({ ...circuit, rank: shareLoad === true ? 0 : rank }));
}

/** Circuits of each path, on a device each. */
export function devicesPerPath(resiliency: string, circuits: number | undefined): number {
  return resiliency === "development" ? (circuits ?? 2) : (DEVICES[resiliency] ?? 1);
}

const SHORT = { equinixFabric: "equinix", megaport: "megaport", directConnect: "dedicated" } as const;

/** Key of a path: nothing for the first, else the provider with its number among its own. */
function pathKey(handOffs: readonly HandOff[], index: number): string {
  const provider = handOffs[index]?.provider ?? "equinixFabric";
  if (index === 0) return "";
  const before = handOffs.slice(0, index).filter((other) => other.provider === provider).length;
  return before === 0 ? SHORT[provider] : `${SHORT[provider]}${before + 1}`;
}

/** What is wrong with what was offered for a resiliency: too few buildings, or too few providers where two were named. */
export function validateResiliency({ resiliency, handOffs, circuits }: ResiliencyRequest): ArgumentProblem[] {
  const locations = [...new Set(handOffs.map(({ location }) => location))];
  const wanted = resiliency === "development" ? 1 : 2;
  const named = handOffs.map(({ provider, location }) => `${provider} at ${location}`).join(", ");
  const problems: ArgumentProblem[] = [];
  if (locations.length < wanted) {
    problems.push({
      propertyPath: "resiliency",
      reason: `"${resiliency}" needs ${wanted} Direct Connect locations at least, and via names ${locations.length} (${named}): add a path that ends in another building, or choose development`,
    });
  }
  if (resiliency === "development" && locations.length > 1) {
    problems.push({
      propertyPath: "resiliency",
      reason: `"development" is one Direct Connect location, and via names ${locations.length} (${named}): choose high or maximum`,
    });
  }
  if (circuits !== undefined && resiliency !== "development") {
    problems.push({
      propertyPath: "circuits",
      reason: `${circuits}: "${resiliency}" decides the number itself; only development takes 1 or 2`,
    });
  }
  const providers = new Set(handOffs.map(({ provider }) => provider));
  if (resiliency !== "development" && providers.size > 1 && locations.length >= wanted) {
    problems.push(...sharedBuildings(handOffs));
  }
  return problems;
}

/** Two providers in one building fail together with it. */
function sharedBuildings(handOffs: readonly HandOff[]): ArgumentProblem[] {
  return handOffs.flatMap(({ provider, location }, index) => {
    const other = handOffs.slice(0, index).find((o) => o.location === location && o.provider !== provider);
    return other
      ? [
          {
            propertyPath: `via[${index}]`,
            reason: `${provider} ends in ${location}, where ${other.provider} ends too: two providers must end in different buildings`,
          },
        ]
      : [];
  });
}

/** The SLA class of a topology by AWS's models, with the reasons that decide it. */
export function slaClass(circuits: readonly PlannedCircuit[]): SlaClass {
  const devicesOf = new Map<string, Set<string>>();
  for (const { location, provider, device } of circuits) {
    const devices = devicesOf.get(location) ?? new Set();
    devicesOf.set(location, devices.add(`${provider}/${device}`));
  }
  const locations = devicesOf.size;
  const redundant = [...devicesOf.values()].filter((devices) => devices.size >= 2).length;
  const providers = new Set(circuits.map(({ provider }) => provider));
  const hosted = circuits.some(({ provider }) => provider !== "directConnect");
  const reasons = [
    `${count(circuits.length, "circuit")} on ${count(sum(devicesOf), "device")} in ${count(locations, "Direct Connect location")} (${[...devicesOf.keys()].join(", ")})`,
    providers.size > 1
      ? `${providers.size} providers: losing one leaves ${[...providers].map((p) => `${circuits.length - circuits.filter((c) => c.provider === p).length} without ${p}`).join(", ")}`
      : `one provider (${[...providers].join("")}): losing it cuts the site off`,
    ...(hosted
      ? ["hosted connections: AWS excluded them from its SLA in 2019, the wording in force is not known"]
      : []),
  ];
  if (locations >= 2 && redundant >= 2) return { percent: 99.99, text: "maximum: 99.99 %", reasons };
  if (locations >= 2) return { percent: 99.9, text: "high: 99.9 %", reasons };
  return { text: "development: no SLA", reasons };
}

function sum(sets: ReadonlyMap<string, ReadonlySet<string>>): number {
  return [...sets.values()].reduce((total, set) => total + set.size, 0);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
