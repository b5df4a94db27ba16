import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import {
  connectionOf,
  flagAt,
  type Interconnect,
  interconnectOf,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";
import { isSold, soldText } from "@hybrid-ai-fabric/locality";
import { inMbps } from "./circuits-have-a-bandwidth-that-is-sold";

/** MACsec: dedicated connections of 10, 100 and 400 Gbps at selected locations only (AWS user guide, MAC security). */
export const macsecIsAskedOfWhatCan: Rule = {
  id: "macsec-is-asked-of-what-can",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "MACsec is asked of dedicated connections of 10 Gbps and more that were ordered for it; a hosted connection or a slower port would carry the data in plain.",
  remediation:
    "Order a dedicated connection of 10 Gbps or more with requestMacsec, or encrypt above it (IPsec, TLS).",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    return [
      ...interconnect.all("connection").flatMap(ordered),
      ...interconnect.all("macsecKey").flatMap((key) => keyed(key, interconnect)),
    ];
  },
};

function ordered(connection: PlannedResource): Finding[] {
  const macsec = flagAt(connection, "requestMacsec");
  const mode = textAt(connection, "encryptionMode");
  const encrypts = mode.state === "known" && mode.value !== "no_encrypt";
  if (macsec.state === "known" && !macsec.value && !encrypts) return [];
  if (macsec.state === "absent" && !encrypts) return [];
  if (macsec.state === "hidden") {
    return [
      notShown(
        connection,
        "requestMacsec",
        `Nothing shows whether ${connection.name} asks for MACsec: ${macsec.why}.`,
      ),
    ];
  }
  if (encrypts && !(macsec.state === "known" && macsec.value)) {
    const message = `${connection.name} has encryptionMode ${mode.state === "known" ? mode.value : ""} but was not ordered for MACsec.`;
    return [broken(connection, "requestMacsec", message)];
  }
  const speed = inMbps(textAt(connection, "bandwidth"));
  if (speed.state !== "known") {
    return [
      notShown(connection, "bandwidth", `Nothing shows that ${connection.name} is fast enough for MACsec.`),
    ];
  }
  if (isSold("macsec", speed.value)) return [];
  const message = `${connection.name} asks for MACsec at ${speed.value} Mbps; it is sold at ${soldText("macsec")} Mbps.`;
  return [broken(connection, "requestMacsec", message)];
}

function keyed(key: PlannedResource, interconnect: Interconnect): Finding[] {
  const { connection, kind, unresolved } = connectionOf(key, interconnect);
  if (!connection) {
    const message = `Nothing shows that the connection of ${key.name} can do MACsec: ${unresolved}.`;
    return [notShown(key, "connectionId", message)];
  }
  const via = [{ urn: connection.urn, property: "requestMacsec" }];
  if (kind === "hosted") {
    const message = `${key.name} gives a MACsec key to ${connection.name}, a hosted connection, which has no MACsec.`;
    return [broken(key, "connectionId", message, { via })];
  }
  const macsec = flagAt(connection, "requestMacsec");
  const isLag = connection.inputs.connectionsBandwidth !== undefined;
  if (isLag || (macsec.state === "known" && macsec.value) || connection.outputs.macsecCapable === true)
    return [];
  const message = `${key.name} gives a MACsec key to ${connection.name}, which was not ordered for MACsec.`;
  return [broken(key, "connectionId", message, { via })];
}
