import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { fieldOf, type Manifest, ofKind, textOf } from "./manifests";

export const hostsBoot: Rule = {
  id: "hosts-boot-what-was-meant",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A server is the one that was meant and boots the image that was meant: its controller is named rightly and once, its boot port is known, and the image has a checksum.",
  remediation:
    "Give every host its own bmc.address with a scheme that has a driver, its own bootMACAddress, an image over https with a checksum, and leave certificate verification on.",
  evaluate: (view) => {
    const hosts = ofKind(view, "BareMetalHost");
    return [
      ...hosts.flatMap(judge),
      ...duplicates(hosts, "spec.bootMACAddress"),
      ...duplicates(hosts, "spec.bmc.address"),
    ];
  },
};

const SCHEME =
  /^(redfish|redfish-virtualmedia|redfish-uefihttp|idrac-redfish|idrac-virtualmedia|ilo5-redfish|ilo5-virtualmedia)(\+https?)?$|^(ipmi|libvirt)$/;
const NETWORK_BOOT = /^(redfish|redfish-uefihttp|idrac-redfish|ilo5-redfish)(\+https?)?$|^(ipmi|libvirt)$/;

function judge(host: Manifest): Finding[] {
  const at = (...path: string[]) => fieldOf(host.properties, "spec", ...path);
  const address = at("bmc", "address");
  const checksum = at("image", "checksum");
  if (isUnknown(address)) return [notKnown(host, "spec.bmc.address")];
  if (isUnknown(checksum) || isUnknown(at("image", "url"))) return [notKnown(host, "spec.image")];
  const scheme = textOf(address)?.split("://", 1)[0];
  const url = textOf(at("image", "url"));
  const live = at("image", "format") === "live-iso" || url?.startsWith("oci://") === true;
  const wrong: [boolean, string, string, "advisory"?][] = [
    [scheme !== undefined && !SCHEME.test(scheme), "bmc.address", `no driver has the scheme ${scheme}.`],
    [
      scheme !== undefined && NETWORK_BOOT.test(scheme) && at("bootMACAddress") === undefined,
      "bootMACAddress",
      `${scheme} boots over the network and has to know its port.`,
    ],
    [
      at("inspectionMode") === "disabled" && at("bootMACAddress") === undefined,
      "bootMACAddress",
      "without inspection nothing else names the port.",
    ],
    [
      url !== undefined && !live && textOf(checksum) === undefined,
      "image.checksum",
      "it is missing: the host boots whatever the server answers.",
    ],
    [url?.startsWith("http://") === true, "image.url", "it is fetched without TLS.", "advisory"],
    [
      at("bmc", "disableCertificateVerification") === true,
      "bmc.disableCertificateVerification",
      "whoever answers at that address gets the password of the controller.",
      "advisory",
    ],
  ];
  return wrong
    .filter(([is]) => is)
    .map(([, property, message, level]) => broken(host, `spec.${property}`, message, level));
}

function duplicates(hosts: readonly Manifest[], path: string): Finding[] {
  const owners = new Map<string, Manifest>();
  return hosts.flatMap((host) => {
    const value = textOf(fieldOf(host.properties, ...path.split(".")))?.toLowerCase();
    if (value === undefined) return [];
    const owner = owners.get(value);
    if (!owner) owners.set(value, host);
    return owner ? [broken(host, path, `${owner.name ?? owner.resource.name} has the same.`)] : [];
  });
}
