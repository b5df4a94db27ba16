import type { ResiliencyClass } from "@hybrid-ai-fabric/graph";
import { append } from "@hybrid-ai-fabric/graph/interconnect";

/** One circuit reduced to what can fail under it; undefined where nothing shows which. */
export interface Leg {
  name: string;
  device: string | undefined;
  /** Device of AWS that it ends on: AWS assigns it, so it is known once the connection exists. */
  far: string | undefined;
  building: string | undefined;
  /** Diversity zone or port group of the carrier, where it says one. */
  zone: string | undefined;
}

/** What a set of circuits lacks for a class, in words; `unknown` when only what is not known could supply it. */
export interface Lack {
  verdict: "broken" | "unknown";
  text: string;
}

/**
 * The resiliency models of AWS Direct Connect: `high` is one connection in each of two locations, `maximum` is two
 * connections on separate devices in each of two; `development` asks for nothing. One building counts once, whoever is in it.
 */
export function lacksFor(resiliency: ResiliencyClass, legs: readonly Leg[]): Lack[] {
  if (resiliency === "development") return [];
  if (legs.length === 0) return [{ verdict: "unknown", text: "this plan shows no circuit behind it" }];
  if (legs.length === 1)
    return [{ verdict: "broken", text: `one circuit carries everything: ${legs[0]?.name}` }];
  return [
    ...differ(legs, "device", "device on the site's side"),
    ...differ(legs, "building", "location"),
    ...(resiliency === "maximum" ? pairs(legs) : []),
  ];
}

/** At least two different ones are needed. Unknown ends might all be the same one, so they prove nothing. */
function differ(legs: readonly Leg[], end: "device" | "building", noun: string): Lack[] {
  const known = new Set(legs.flatMap((leg) => leg[end] ?? []));
  if (known.size >= 2) return [];
  const [only = "none"] = known;
  return legs.some((leg) => leg[end] === undefined)
    ? [{ verdict: "unknown", text: `nothing shows a second ${noun} beside ${only}` }]
    : [{ verdict: "broken", text: `one ${noun} carries all ${legs.length} circuits: ${only}` }];
}

/** Two locations, each with two connections on unlike devices and in unlike zones. */
function pairs(legs: readonly Leg[]): Lack[] {
  const buildings = new Map<string, Leg[]>();
  for (const leg of legs) {
    if (leg.building !== undefined) append(buildings, leg.building, leg);
  }
  if (buildings.size < 2) return [];
  const complete = [...buildings.values()].filter(isRedundant).length;
  if (complete >= 2) return [];
  const unknown = legs.some((leg) => leg.building === undefined || leg.device === undefined);
  const list = [...buildings]
    .map(([building, inside]) => `${building}: ${inside.length}`)
    .sort()
    .join(", ");
  const text = `two locations need two circuits each on separate devices (${list})`;
  return [{ verdict: unknown ? "unknown" : "broken", text }];
}

function isRedundant(legs: readonly Leg[]): boolean {
  const devices = new Set(legs.flatMap((leg) => leg.device ?? []));
  const zones = new Set(legs.map((leg) => leg.zone));
  const far = new Set(legs.map((leg) => leg.far));
  const isOne = (set: ReadonlySet<string | undefined>) =>
    legs.length > 1 && set.size === 1 && !set.has(undefined);
  return devices.size >= 2 && !isOne(zones) && !isOne(far);
}
