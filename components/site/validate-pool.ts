import { gpuHost, gpuModels } from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../problems";
import type { BareMetalPoolArgs, BareMetalPoolHost, BareMetalPoolMetal3 } from "./bare-metal-pool";

/** Schemes of management controllers that the operator has a driver for (baremetal-operator v0.13). */
export const bmcSchemes: readonly string[] = [
  ...["redfish", "redfish+http", "redfish+https"],
  ...["redfish-virtualmedia", "redfish-virtualmedia+http", "redfish-virtualmedia+https"],
  ...["redfish-uefihttp", "redfish-uefihttp+http", "redfish-uefihttp+https"],
  ...["idrac-redfish", "idrac-redfish+http", "idrac-redfish+https"],
  ...["idrac-virtualmedia", "idrac-virtualmedia+http", "idrac-virtualmedia+https"],
  ...["ilo5-redfish", "ilo5-redfish+http", "ilo5-redfish+https"],
  ...["ilo5-virtualmedia", "ilo5-virtualmedia+http", "ilo5-virtualmedia+https"],
  ...["ipmi", "libvirt"],
];

export const fabricKinds: readonly string[] = ["infiniband", "roce", "ethernet"];
const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;
const DIGEST_LENGTHS: { [type: string]: number } = { md5: 32, sha256: 64, sha512: 128 };

/** Everything that is certainly wrong with a pool, before a cluster or a server is asked. */
export function validatePool(args: BareMetalPoolArgs): ArgumentProblem[] {
  const backends = Object.entries({
    metal3: args.metal3,
    existing: args.existing,
    equinixMetal: args.equinixMetal,
  }).filter(([, value]) => value !== undefined);
  return [
    ...(backends.length === 1
      ? []
      : [
          problem(
            "metal3",
            `exactly one of metal3, existing and equinixMetal must be given, not ${backends.length === 0 ? "none" : backends.map(([name]) => name).join(" and ")}`,
          ),
        ]),
    ...(fabricKinds.includes(args.fabricKind)
      ? []
      : [problem("fabricKind", `"${args.fabricKind}" is none of ${fabricKinds.join(", ")}`)]),
    ...validateModel(args),
    ...(args.metal3 ? validateMetal3(args.metal3) : []),
    ...(args.equinixMetal ? validateEquinixMetal(args) : []),
    ...(args.existing && Object.keys(args.existing.nodeSelector).length === 0
      ? [problem("existing.nodeSelector", "is empty, which would take every node of the cluster")]
      : []),
  ];
}

function validateModel({ gpuModel, gpusPerHost }: BareMetalPoolArgs): ArgumentProblem[] {
  if (!gpuHost(gpuModel)) return [problem("gpuModel", `"${gpuModel}" is none of ${gpuModels().join(", ")}`)];
  return Number.isInteger(gpusPerHost) && gpusPerHost >= 1
    ? []
    : [problem("gpusPerHost", `${gpusPerHost} must be 1 or more`)];
}

function validateMetal3({ hosts, image, automatedCleaningMode }: BareMetalPoolMetal3): ArgumentProblem[] {
  const digest = DIGEST_LENGTHS[image.checksumType ?? "sha256"];
  return [
    ...(hosts.length > 0 ? [] : [problem("metal3.hosts", "is empty")]),
    ...hosts.flatMap((host, index) => validateHost(host, `metal3.hosts[${index}]`)),
    ...duplicates(hosts, "bootMacAddress"),
    ...duplicates(hosts, "bmcAddress"),
    ...duplicates(hosts, "name"),
    ...(/^(https?|oci|file):\/\//.test(image.url)
      ? []
      : [problem("metal3.image.url", `"${image.url}" is no http(s), oci or file URL`)]),
    ...(digest === undefined
      ? [problem("metal3.image.checksumType", `"${image.checksumType}" is none of sha256, sha512, md5`)]
      : validateChecksum(image.checksum, digest)),
    ...(["metadata", "disabled"].includes(automatedCleaningMode ?? "metadata")
      ? []
      : [
          problem(
            "metal3.automatedCleaningMode",
            `"${automatedCleaningMode}" is neither metadata nor disabled`,
          ),
        ]),
  ];
}

/** A checksum is a digest, or the address of a file that holds one. */
function validateChecksum(checksum: string, length: number): ArgumentProblem[] {
  if (/^https:\/\//.test(checksum) || new RegExp(`^[0-9a-f]{${length}}$`, "i").test(checksum)) return [];
  const received = checksum === "" ? "is missing" : `"${checksum}" is no digest`;
  return [
    problem(
      "metal3.image.checksum",
      `${received}: ${length} hexadecimal digits, or the https URL of a file with them. Without it a host boots whatever the server answers`,
    ),
  ];
}

function validateHost(host: BareMetalPoolHost, path: string): ArgumentProblem[] {
  const scheme = host.bmcAddress.split("://", 1)[0] ?? "";
  const known = bmcSchemes.includes(scheme) && host.bmcAddress.includes("://");
  const needsMac = ["redfish", "redfish-uefihttp", "idrac-redfish", "ilo5-redfish", "ipmi", "libvirt"];
  const mac = host.bootMacAddress;
  const hints = Object.values(host.rootDevice).filter((value) => value !== undefined);
  const device = host.rootDevice.deviceName;
  return [
    ...(/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(host.name) && !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}/.test(host.name)
      ? []
      : [problem(`${path}.name`, `"${host.name}" must be letters, digits, ".", "_" and "-", and no UUID`)]),
    ...(known
      ? []
      : [
          problem(
            `${path}.bmcAddress`,
            `"${host.bmcAddress}" has a scheme without a driver; legal are ${bmcSchemes.join(", ")}`,
          ),
        ]),
    ...(mac === undefined && needsMac.includes(scheme.split("+", 1)[0] ?? "")
      ? [
          problem(
            `${path}.bootMacAddress`,
            `is missing: ${scheme} boots over the network and has to know its port`,
          ),
        ]
      : []),
    ...(mac !== undefined && !MAC.test(mac)
      ? [problem(`${path}.bootMacAddress`, `"${mac}" is no MAC address such as 02:00:00:00:00:01`)]
      : []),
    ...(hints.length > 0
      ? []
      : [problem(`${path}.rootDevice`, "is empty: the operator would choose a disk, perhaps one with data")]),
    ...(device === undefined || /^\/dev\/([^/]+|disk\/by-path\/[^/]+)$/.test(device)
      ? []
      : [problem(`${path}.rootDevice.deviceName`, `"${device}" must be /dev/<x> or /dev/disk/by-path/<x>`)]),
  ];
}

function duplicates(
  hosts: readonly BareMetalPoolHost[],
  property: "bootMacAddress" | "bmcAddress" | "name",
): ArgumentProblem[] {
  const seen = new Map<string, number>();
  return hosts.flatMap((host, index) => {
    const value = host[property]?.toLowerCase();
    const first = value === undefined ? undefined : seen.get(value);
    if (value !== undefined && first === undefined) seen.set(value, index);
    return first === undefined
      ? []
      : [
          problem(
            `metal3.hosts[${index}].${property}`,
            `"${host[property]}" is that of hosts[${first}] as well`,
          ),
        ];
  });
}

function validateEquinixMetal({ equinixMetal, fabricKind }: BareMetalPoolArgs): ArgumentProblem[] {
  if (!equinixMetal) return [];
  return [
    ...(equinixMetal.acknowledgeRetired === true
      ? []
      : [
          problem(
            "equinixMetal.acknowledgeRetired",
            "must be true: Equinix Metal ended on 2026-06-30 and nothing can be created there; use metal3 or existing",
          ),
        ]),
    ...(fabricKind === "ethernet"
      ? []
      : [
          problem(
            "fabricKind",
            `"${fabricKind}" never existed at Equinix Metal: its ports are bonded Ethernet`,
          ),
        ]),
    ...(Number.isInteger(equinixMetal.hosts) && equinixMetal.hosts >= 1
      ? []
      : [problem("equinixMetal.hosts", `${equinixMetal.hosts} must be 1 or more`)]),
  ];
}

function problem(propertyPath: string, reason: string): ArgumentProblem {
  return { propertyPath, reason };
}
