import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { asked, interconnectOf, textAt } from "@hybrid-ai-fabric/graph/interconnect";

/** Megaport rotates the UIDs of partner ports (provider documentation, data source `partner`). */
export const partnerPortsArePinned: Rule = {
  id: "partner-ports-are-pinned",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A VXC to AWS names the partner port that it ends at: without one Megaport chooses, and with a looked-up one a later rotation replaces the circuit, perhaps into another building.",
  remediation: "Write the UID of the port (getPartner shows it once) into bEnd.requestedProductUid.",
  evaluate: (view) => interconnectOf(view).all("vxc").flatMap(judge),
};

function judge(vxc: PlannedResource): Finding[] {
  if (asked(vxc, "bEndPartnerConfig.awsConfig").length === 0) return [];
  const port = textAt(vxc, "bEnd.requestedProductUid");
  if (port.state === "known") return [];
  if (port.state === "hidden") {
    return [notShown(vxc, port.path, `Nothing shows which AWS port ${vxc.name} ends at: ${port.why}.`)];
  }
  return [broken(vxc, "bEnd.requestedProductUid", `${vxc.name} names no AWS port, so Megaport chooses one.`)];
}
