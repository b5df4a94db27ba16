import {
  broken,
  type Finding,
  isUnknown,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { append, asked, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { awsRegion, legalBloc } from "@hybrid-ai-fabric/locality";
import { type ServingPlan, servingOf, tokens } from "./serving-plan";
import { acceleratorRegions, type ServingRegion } from "./serving-regions";

/** Global Accelerator and Route 53 developer guides: both lead to the next nearest region, whatever country it is in. */
export const doorsStayInOneBloc: Rule = {
  id: "front-doors-stay-in-one-legal-bloc",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "The regions that one listener of an accelerator, or one set of latency, failover or weighted records, leads to share a legal bloc: when the nearest is lost, users are answered by the next one, under whatever law it is.",
  remediation:
    "Give each legal bloc an accelerator and a record set of its own; geolocation records name its countries.",
  evaluate: (view) => {
    const plan = servingOf(view);
    return [...listeners(plan), ...recordSets(plan)].flatMap(judge);
  },
};

/** Regions that one door may lead a user to. */
interface Door {
  name: string;
  members: ServingRegion[];
}

function listeners(plan: ServingPlan): Door[] {
  const groups = new Map<string, ServingRegion[]>();
  for (const member of acceleratorRegions(plan)) {
    const [listener] = plan.named(member.by, "listenerArn", tokens.acceleratorListener).resources;
    const literal = textAt(member.by, "listenerArn");
    append(groups, listener?.name ?? (literal.state === "known" ? literal.value : ""), member);
  }
  return [...groups].map(([name, members]) => ({ name: `listener ${name}`, members }));
}

const MOVING = [
  "latencyRoutingPolicies",
  "failoverRoutingPolicies",
  "weightedRoutingPolicies",
  "geoproximityRoutingPolicy",
];

/** Records of one name that Route 53 chooses among by itself. Geolocation records never leave the countries they name. */
function recordSets(plan: ServingPlan): Door[] {
  const sets = new Map<string, ServingRegion[]>();
  for (const by of plan.all(tokens.record)) {
    if (MOVING.every((policy) => asked(by, policy).length === 0)) continue;
    const name = textAt(by, "name");
    const key = `${zoneOf(by)} ${name.state === "known" ? name.value : ""} ${String(by.inputs.type)}`;
    append(sets, key, { by, ...regionOfRecord(plan, by) });
  }
  return [...sets.values()].map((members) => ({ name: `records of ${nameOf(members)}`, members }));
}

function zoneOf(record: PlannedResource): string {
  const zone = record.inputs.zoneId;
  if (typeof zone === "string") return zone;
  return (record.propertyDependencies.zoneId ?? []).join(" ");
}

function nameOf([first]: readonly ServingRegion[]): string {
  const name = first && textAt(first.by, "name");
  return name?.state === "known" ? name.value : (first?.by.name ?? "");
}

/** What a record says of its region, else that of the load balancer that it is an alias of. */
function regionOfRecord(plan: ServingPlan, record: PlannedResource): Pick<ServingRegion, "at" | "property"> {
  for (const property of ["latencyRoutingPolicies[].region", "geoproximityRoutingPolicy.awsRegion"]) {
    const said = textAt(record, property);
    if (said.state === "known") return { at: { region: said.value }, property: said.path };
    if (said.state === "hidden") return { at: { unknown: `${said.path}: ${said.why}` }, property: said.path };
  }
  const property = "aliases[].name";
  const [target] = plan.named(record, property, tokens.balancer).resources;
  if (target) return { at: plan.regionOf(target), property };
  const literal = asked(record, property).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  const region = literal
    .map((host) => /\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.elb\.amazonaws\.com/.exec(host)?.[1])
    .find(Boolean);
  if (region !== undefined) return { at: { region }, property };
  const hidden = asked(record, property).some(({ value }) => isUnknown(value));
  return {
    at: { unknown: hidden ? "its target is not known before creation" : "its target names no region" },
    property,
  };
}

function judge({ name, members }: Door): Finding[] {
  if (members.length < 2) return [];
  const blocs = new Map<string, ServingRegion>();
  for (const member of members) {
    const country = "region" in member.at ? awsRegion(member.at.region)?.country : undefined;
    if (country !== undefined && !blocs.has(legalBloc(country))) blocs.set(legalBloc(country), member);
  }
  const [first, second] = [...blocs.values()];
  if (first && second) {
    const listed = [...blocs]
      .map(([bloc, { at }]) => `${"region" in at ? at.region : ""} (${bloc})`)
      .sort()
      .join(" and ");
    const message = `The ${name} leads to ${listed}: when one is lost, its users are answered under another law.`;
    return [
      broken(second.by, second.property, message, { via: [{ urn: first.by.urn, property: first.property }] }),
    ];
  }
  return members.flatMap(({ by, property, at }) =>
    "unknown" in at
      ? [
          notShown(
            by,
            property,
            `Nothing shows whether the ${name} stays in one legal bloc: ${by.name}: ${at.unknown}.`,
          ),
        ]
      : [],
  );
}
