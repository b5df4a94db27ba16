import { type CustomObject, waitFor } from "./custom-object";

/** What is known of one server before it is inspected. */
export interface HostDeclaration {
  name: string;
  bmcAddress: string;
  bootMacAddress?: string;
  /** UEFI, UEFISecureBoot or legacy. */
  bootMode: string;
  rootDevice: { [hint: string]: string | number };
  labels: { [label: string]: string };
}

export interface HostImage {
  url: string;
  checksum: string;
  /** sha256, sha512 or md5. */
  checksumType: string;
  /** raw or qcow2. */
  format: string;
}

/** What all hosts of a pool share. */
export interface HostProvisioning {
  namespace: string;
  credentialsName: string;
  image: HostImage;
  userDataName: string;
  networkDataName?: string;
  automatedCleaningMode: string;
  disableCertificateVerification: boolean;
  readyTimeoutSeconds: number;
  annotations: { [annotation: string]: string };
}

export interface BareMetalHostSpec {
  online: boolean;
  bmc: { address: string; credentialsName: string; disableCertificateVerification?: boolean };
  bootMACAddress?: string;
  bootMode: string;
  image: { url: string; checksum: string; checksumType: string; format: string };
  rootDeviceHints: { [hint: string]: string | number };
  userData: SecretName;
  networkData?: SecretName;
  automatedCleaningMode: string;
}

interface SecretName {
  name: string;
  namespace: string;
}

/** A server that Metal3 provisions through its management controller. */
export function bareMetalHost(
  host: HostDeclaration,
  provisioning: HostProvisioning,
): CustomObject<BareMetalHostSpec> {
  const { namespace, image } = provisioning;
  return {
    apiVersion: "metal3.io/v1alpha1",
    kind: "BareMetalHost",
    metadata: {
      name: host.name,
      namespace,
      labels: host.labels,
      annotations: {
        ...provisioning.annotations,
        // The state is in every version of the operator; the condition Ready only from 0.13 on.
        ...waitFor("jsonpath={.status.provisioning.state}=provisioned", provisioning.readyTimeoutSeconds),
      },
    },
    spec: {
      online: true,
      bmc: {
        address: host.bmcAddress,
        credentialsName: provisioning.credentialsName,
        ...(provisioning.disableCertificateVerification ? { disableCertificateVerification: true } : {}),
      },
      ...(host.bootMacAddress === undefined ? {} : { bootMACAddress: host.bootMacAddress }),
      bootMode: host.bootMode,
      image: {
        url: image.url,
        checksum: image.checksum,
        checksumType: image.checksumType,
        format: image.format,
      },
      rootDeviceHints: host.rootDevice,
      userData: { name: provisioning.userDataName, namespace },
      ...(provisioning.networkDataName === undefined
        ? {}
        : { networkData: { name: provisioning.networkDataName, namespace } }),
      automatedCleaningMode: provisioning.automatedCleaningMode,
    },
  };
}
