import {
  broken,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { circuitOf, flagAt, interconnectOf } from "@hybrid-ai-fabric/graph/interconnect";
import { datasetsOfAll } from "./labelled";

/** SiteLink sends packets from one Direct Connect location to another past every region: AWS user guide, SiteLink. */
export const siteLinkCarriesNoLabelledData: Rule = {
  id: "sitelink-carries-no-labelled-data",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "SiteLink is off where labelled data passes, unless the settings approve it: it joins the sites of one gateway directly, over a way that AWS chooses and no rule sees.",
  remediation:
    "Switch sitelinkEnabled off, lead labelled data over a gateway of its own, or have it approved: an exemption from this rule (id, owner, reason, expiry) in the settings, whose id the program names as siteLink.approvedBy.",
  evaluate: (view) => {
    return interconnectOf(view)
      .all("privateInterface", "transitInterface")
      .flatMap((virtualInterface) => judge(view, virtualInterface));
  },
};

function judge(view: View, virtualInterface: PlannedResource): Finding[] {
  const enabled = flagAt(virtualInterface, "sitelinkEnabled");
  if (enabled.state === "absent" || (enabled.state === "known" && !enabled.value)) return [];
  const { gateway, connection } = circuitOf(virtualInterface, interconnectOf(view));
  const carrying = [virtualInterface, gateway, connection].filter((resource) => resource !== undefined);
  const datasets = datasetsOfAll(view, carrying);
  if (enabled.state === "hidden") {
    const message = `Nothing shows whether SiteLink is on at ${virtualInterface.name}: ${enabled.why}.`;
    return datasets.length > 0 ? [notShown(virtualInterface, "sitelinkEnabled", message)] : [];
  }
  if (datasets.length === 0) {
    const message = `SiteLink is on at ${virtualInterface.name}, which carries no labelled data today.`;
    return [broken(virtualInterface, "sitelinkEnabled", message, { level: "advisory" })];
  }
  const approval = approvalOf(view, virtualInterface);
  const message = `SiteLink is on at ${virtualInterface.name}, which carries ${datasets.join(", ")}${approval}.`;
  return datasets.map((dataset) => broken(virtualInterface, "sitelinkEnabled", message, { dataset }));
}

/** What the program says of who allowed it, held against the settings: who writes the program does not approve its leaks. */
function approvalOf(view: View, virtualInterface: PlannedResource): string {
  const named = interconnectOf(view)
    .componentsOf(virtualInterface)
    .map(({ outputs }) => outputs.siteLinkApprovedBy)
    .find((id) => typeof id === "string");
  if (named === undefined) return "";
  const held = view.settings.exemptions.some(
    ({ id, rule, expires }) =>
      id === named && rule === siteLinkCarriesNoLabelledData.id && expires >= view.today,
  );
  return held
    ? `; the program names ${named} as what allows it`
    : `; the program names "${named}" as what allows it, but the settings hold no current exemption of that id from this rule`;
}
