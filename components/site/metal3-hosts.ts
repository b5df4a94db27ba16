import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { labelAnnotations } from "../labels";
import type {
  BareMetalPoolArgs,
  BareMetalPoolHost,
  BareMetalPoolMetal3,
  ProvidedHosts,
} from "./bare-metal-pool";
import { POOL_LABEL } from "./bare-metal-pool";
import { bareMetalHost, type HostDeclaration } from "./objects/bare-metal-host";
import { createObject } from "./objects/custom-object";

/** Servers as objects of Metal3, with the secrets that they need. */
export function createMetal3Hosts(
  name: string,
  args: BareMetalPoolArgs,
  metal3: BareMetalPoolMetal3,
  parent: pulumi.Resource,
): ProvidedHosts {
  const namespace = metal3.namespace ?? "metal3";
  const child = { parent };
  // Who has the secrets of a host can read what is on it: so they stay where its data may be.
  const annotations = args.labels ? labelAnnotations(args.labels) : {};
  const credentials = secret("bmc", { username: metal3.bmcUsername, password: metal3.bmcPassword });
  const userData = secret("user-data", { userData: metal3.userData });
  const networkData =
    metal3.networkData === undefined
      ? undefined
      : secret("network-data", { networkData: metal3.networkData });
  const provisioning = {
    namespace,
    credentialsName: `${name}-bmc`,
    image: {
      ...metal3.image,
      checksumType: metal3.image.checksumType ?? "sha256",
      format: metal3.image.format ?? "qcow2",
    },
    userDataName: `${name}-user-data`,
    ...(networkData ? { networkDataName: `${name}-network-data` } : {}),
    automatedCleaningMode: metal3.automatedCleaningMode ?? "metadata",
    disableCertificateVerification: metal3.disableCertificateVerification ?? false,
    readyTimeoutSeconds: metal3.readyTimeoutSeconds ?? 5400,
    annotations,
  };
  if (provisioning.disableCertificateVerification) warnOfTrust(parent);
  const secrets = [credentials, userData, ...(networkData ? [networkData] : [])];
  for (const host of metal3.hosts) {
    const declared = declaration(name, args, host);
    const server = createObject(`${name}-${host.name}`, bareMetalHost(declared, provisioning), {
      ...child,
      dependsOn: secrets,
    });
    if (metal3.firmware) setFirmware(host.name, metal3.firmware, server);
  }
  return {
    nodeSelector: { [POOL_LABEL]: name },
    count: metal3.hosts.length,
    evidence:
      "hosts are provisioned and their ports declared; switches and subnet manager are the site's and were not asked",
  };

  function secret(
    role: string,
    stringData: { [key: string]: pulumi.Input<string> },
  ): kubernetes.core.v1.Secret {
    return new kubernetes.core.v1.Secret(
      `${name}-${role}`,
      { metadata: { name: `${name}-${role}`, namespace, annotations }, type: "Opaque", stringData },
      child,
    );
  }

  /** The operator creates the settings of a host by itself: they can only be patched. */
  function setFirmware(host: string, settings: { [setting: string]: string }, server: pulumi.Resource): void {
    new kubernetes.apiextensions.CustomResourcePatch(
      `${name}-${host}-firmware`,
      {
        apiVersion: "metal3.io/v1alpha1",
        kind: "HostFirmwareSettings",
        metadata: { name: host, namespace },
        spec: { settings },
      },
      { ...child, dependsOn: [server] },
    );
  }
}

function declaration(pool: string, args: BareMetalPoolArgs, host: BareMetalPoolHost): HostDeclaration {
  const rootDevice = Object.entries(host.rootDevice).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  return {
    name: host.name,
    bmcAddress: host.bmcAddress,
    ...(host.bootMacAddress === undefined ? {} : { bootMacAddress: host.bootMacAddress }),
    bootMode: host.bootMode ?? "UEFI",
    rootDevice: Object.fromEntries(rootDevice),
    labels: {
      [POOL_LABEL]: pool,
      "hybrid-ai/site": args.site,
      "hybrid-ai/country": args.country,
      "hybrid-ai/gpu-model": args.gpuModel,
      "hybrid-ai/gpu-count": String(args.gpusPerHost),
      ...(host.rack === undefined ? {} : { "hybrid-ai/rack": host.rack }),
      ...(host.nvlinkDomain === undefined ? {} : { "hybrid-ai/nvlink-domain": host.nvlinkDomain }),
    },
  };
}

function warnOfTrust(parent: pulumi.Resource): void {
  void pulumi.log.warn(
    "disableCertificateVerification: whoever answers at the address of a management controller gets its password",
    parent,
  );
}
