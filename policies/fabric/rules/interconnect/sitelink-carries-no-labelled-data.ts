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
    "SiteLink is off where labelled data passes: it joins the sites of one gateway directly, over a way that AWS chooses and no rule sees.",
  remediation:
    "Switch sitelinkEnabled off, or lead labelled data over a gateway of its own; what remains needs an exemption.",
  evaluate: (view) => {
    return interconnectOf(view)
      .all("privateInterface", "transitInterface")
      .flatMap((virtualInterface) => judge(view, virtualInterface));
  },
};

function judge(view: View, virtualInterface: PlannedResource): Finding[] {
  const enabled = flagAt(virtualInterface, "sitelinkEnabled");
  if (enabled.state === "absent" || (enabled.state === "known" && !enabled.value)) return [];
  const { gateway } = circuitOf(virtualInterface, interconnectOf(view));
  const datasets = datasetsOfAll(view, [virtualInterface, ...(gateway ? [gateway] : [])]);
  if (enabled.state === "hidden") {
    const message = `Nothing shows whether SiteLink is on at ${virtualInterface.name}: ${enabled.why}.`;
    return datasets.length > 0 ? [notShown(virtualInterface, "sitelinkEnabled", message)] : [];
  }
  if (datasets.length === 0) {
    const message = `SiteLink is on at ${virtualInterface.name}, which carries no labelled data today.`;
    return [broken(virtualInterface, "sitelinkEnabled", message, { level: "advisory" })];
  }
  const message = `SiteLink is on at ${virtualInterface.name}, which carries ${datasets.join(", ")}.`;
  return datasets.map((dataset) => broken(virtualInterface, "sitelinkEnabled", message, { dataset }));
}
