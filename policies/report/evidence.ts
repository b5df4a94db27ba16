import {
  compare,
  type DataNode,
  type FindingVerdict,
  type PathStep,
  pathTo,
  tablesOf,
  type View,
  type Violation,
} from "@hybrid-ai-fabric/graph";
import { allowedPlacesText, type Place, withTables } from "@hybrid-ai-fabric/locality";
import { type JudgedPlan, TOOL } from "./judged-plan";
import { survey } from "./survey";

/** What an auditor reads: every resource that bears data, where it is, and how that was shown or why it could not be. */
export interface Evidence {
  $schema: string;
  version: 1;
  tool: { name: string; version: string };
  environment: string;
  /** Date of the judgement, against which approvals and attestations expire. */
  date: string;
  standIns: { package: string; version: string }[];
  datasets: EvidenceDataset[];
  resources: EvidenceResource[];
  /** Approvals, attestations, exemptions and disabled rules that the verdicts rest on. */
  restsOn: string[];
}

export interface EvidenceDataset {
  name: string;
  residency: string[];
  kinds: string[];
  /** True for a dataset of the registry in the settings; false for one that only labels declare. */
  registered: boolean;
  mayRestIn: string;
}

export interface EvidenceResource {
  /** URN of the resource; for what stands outside the plan, the name by which the plan knows it. */
  id: string;
  /** Resource of the plan that names it, when it stands outside. */
  namedBy?: string;
  kind: Exclude<DataNode["kind"], "hub">;
  type?: string;
  /** What it does with data: store, processor, flow, path, key, or `unknown` for a type that no table holds. */
  role: string;
  /** Empty for a resource that no labelled data reaches. */
  datasets: EvidencePresence[];
  places: (Place & { provedBy: string })[];
  /** Why its place, or a part of it, could not be shown. */
  notShown: string[];
}

export interface EvidencePresence {
  dataset: string;
  verdict: "holds" | FindingVerdict;
  /** False while the way rests on a value that could be one of several resources. */
  certain: boolean;
  /** From the resource that declares the label to this one. */
  path: PathStep[];
}

const SCHEMA = "residency-evidence.schema.json";

export function evidence(plan: JudgedPlan): Evidence {
  return withTables(tablesOf(plan.settings), () => evidenceByTables(plan));
}

function evidenceByTables(plan: JudgedPlan): Evidence {
  const view = survey(plan.resources, plan.settings, plan.today);
  const findings = findingsOf(plan.violations, view);
  const bearing = [...view.graph.nodes.values()].filter(isBearer).filter((node) => bearsData(node, view));
  return {
    $schema: SCHEMA,
    version: 1,
    tool: { ...TOOL },
    environment: plan.environment,
    date: plan.today,
    standIns: plan.standIns.map((standIn) => ({ package: standIn.package, version: standIn.version })),
    datasets: [...view.datasets.values()].map(({ name, residency, kinds, registered }) => {
      return { name, residency, kinds, registered, mayRestIn: allowedPlacesText(residency, "store") };
    }),
    resources: bearing.sort((a, b) => compare(a.id, b.id)).map((node) => resourceOf(node, view, findings)),
    restsOn: [...plan.summary.used],
  };
}

export function evidenceJson(plan: JudgedPlan): string {
  return `${JSON.stringify(evidence(plan), null, 2)}\n`;
}

type Bearer = DataNode & { kind: EvidenceResource["kind"] };

/** A hub only stands for what several resources share; it is nowhere and holds nothing. */
function isBearer(node: DataNode): node is Bearer {
  return node.kind !== "hub";
}

/** Everything that labelled data reaches or may reach, and whatever could hold, move or read some. */
function bearsData(node: DataNode, view: View): boolean {
  if (node.unreadableLabels.length > 0) return true;
  if ([...view.reach.values()].some((arrivals) => arrivals.has(node.id))) return true;
  return node.row !== undefined && node.row.role !== "control";
}

function resourceOf(node: Bearer, view: View, findings: Findings): EvidenceResource {
  return {
    id: node.id,
    ...(node.id === node.urn ? {} : { namedBy: node.urn }),
    kind: node.kind,
    ...(node.resource ? { type: node.resource.type } : {}),
    role: node.row?.role ?? (node.kind === "external" ? "store" : "unknown"),
    datasets: presencesOf(node, view, findings),
    places: node.location.places.map(({ place, proof }) => ({ ...place, provedBy: proof })),
    notShown: [
      ...node.location.unresolved,
      ...node.unreadableLabels.map((property) => `its labels in ${property} are not known before creation`),
    ],
  };
}

function presencesOf(node: DataNode, view: View, findings: Findings): EvidencePresence[] {
  return [...view.reach].flatMap(([dataset, arrivals]) => {
    const arrival = arrivals.get(node.id);
    if (!arrival) return [];
    const path = pathTo(view.reach, dataset, node.id);
    const found = [keyOf(dataset, node.urn, path), keyOf(dataset, node.urn)].map((key) => findings.get(key));
    const verdict = found.includes("broken") ? "broken" : (found.find((worst) => worst) ?? "holds");
    return [{ dataset, verdict, certain: arrival.certain, path }];
  });
}

/** The worst that any rule said, by dataset, resource and way; an exempted finding is still a finding. */
type Findings = ReadonlyMap<string, FindingVerdict>;

/**
 * A resource that names something outside the plan is blamed for it, so the way tells which of the two is meant. A
 * finding whose way leads to neither counts for both.
 */
function findingsOf(violations: readonly Violation[], view: View): Findings {
  const ways = new Set(
    [...view.reach].flatMap(([dataset, arrivals]) =>
      [...arrivals.values()].map(({ node }) =>
        keyOf(dataset, node.urn, pathTo(view.reach, dataset, node.id)),
      ),
    ),
  );
  const worst = new Map<string, FindingVerdict>();
  for (const { dataset, urn, verdict, path } of violations) {
    if (dataset === undefined) continue;
    const exact = keyOf(dataset, urn, path);
    const key = ways.has(exact) ? exact : keyOf(dataset, urn);
    if (worst.get(key) !== "broken") worst.set(key, verdict);
  }
  return worst;
}

function keyOf(dataset: string, urn: string, path: readonly PathStep[] = []): string {
  return JSON.stringify([dataset, urn, path.map((step) => [step.urn, step.property])]);
}
