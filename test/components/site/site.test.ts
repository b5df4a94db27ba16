import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import * as components from "../../../components";
import { validateInfiniBand, validateRoce } from "../../../components/site/validate-fabric";
import { validateJoin } from "../../../components/site/validate-join";
import { validatePool } from "../../../components/site/validate-pool";
import { only, type Requested, readableIn, requestedBy } from "../../support/mocks";
import * as given from "./arguments";

type Inputs = { [property: string]: unknown };

const annotations = {
  "hybrid-ai/dataset": "claims",
  "hybrid-ai/classification": "restricted",
  "hybrid-ai/residency": "japan-only",
};

function ofType(requested: readonly Requested[], type: string): Requested[] {
  return requested.filter((resource) => resource.type === type);
}

function specOf(resource: Requested | undefined): Inputs {
  return (resource?.inputs.spec ?? {}) as Inputs;
}

function paths(problems: readonly { propertyPath: string }[]): string[] {
  return problems.map(({ propertyPath }) => propertyPath);
}

const HOST = "kubernetes:metal3.io/v1alpha1:BareMetalHost";
const ATTACHMENT = "kubernetes:k8s.cni.cncf.io/v1:NetworkAttachmentDefinition";
const RAIL = "kubernetes:sriovnetwork.openshift.io/v1:SriovNetworkNodePolicy";
const RELEASE = "kubernetes:helm.sh/v3:Release";

describe("BareMetalPool on Metal3", () => {
  it("declares each host with its image, disk, boot port and place", async () => {
    const requested = await requestedBy(() => new components.BareMetalPool("ty", given.pool));
    const host = only(requested, HOST, "ty-gpu-1");
    const metadata = host.inputs.metadata as { labels: Inputs; annotations: Inputs };
    assert.deepEqual(specOf(host), {
      online: true,
      bmc: { address: given.server.bmcAddress, credentialsName: "ty-bmc" },
      bootMACAddress: "02:00:00:00:00:01",
      bootMode: "UEFI",
      image: {
        url: "https://images.example.com/ubuntu-24.04.qcow2",
        checksum: "a".repeat(64),
        checksumType: "sha256",
        format: "qcow2",
      },
      rootDeviceHints: { serialNumber: "S1" },
      userData: { name: "ty-user-data", namespace: "metal3" },
      networkData: { name: "ty-network-data", namespace: "metal3" },
      automatedCleaningMode: "metadata",
    });
    assert.equal(metadata.labels["hybrid-ai/country"], "JP");
    assert.match(JSON.stringify(requested), /canary-bmc-password/);
    assert.doesNotMatch(readableIn(requested), /canary-bmc-password/);
    assert.equal(
      metadata.annotations["pulumi.com/waitFor"],
      "jsonpath={.status.provisioning.state}=provisioned",
    );
    for (const [key, value] of Object.entries(annotations)) assert.equal(metadata.annotations[key], value);
    assert.equal(ofType(requested, "kubernetes:core/v1:Secret").length, 3);
    assert.deepEqual(
      specOf(only(requested, "kubernetes:metal3.io/v1alpha1:HostFirmwareSettingsPatch", "ty-gpu-1-firmware")),
      {
        settings: { SriovGlobalEnable: "Enabled" },
      },
    );
  });

  it("is refused when a host has no checksum, and for everything else that cannot work, at once", () => {
    const image = { ...given.metal3.image, checksum: "" };
    const problems = validatePool({ ...given.pool, metal3: { ...given.metal3, image } });
    assert.deepEqual(paths(problems), ["metal3.image.checksum"]);
    assert.match(problems[0]?.reason ?? "", /is missing: 64 hexadecimal digits/);
    assert.throws(
      () => new components.BareMetalPool("ty", { ...given.pool, metal3: { ...given.metal3, image } }),
      (error: Error) => /BareMetalPool ty:\nmetal3.image.checksum: is missing/.test(error.message),
    );

    const broken: components.BareMetalPoolHost = {
      name: "gpu 3",
      bmcAddress: "idrac-virtual-media://192.0.2.11/redfish/v1/Systems/1",
      rootDevice: {},
    };
    const twin = { ...given.server, name: "twin" };
    const noMac = {
      ...given.server,
      name: "no-mac",
      bootMacAddress: undefined,
      bmcAddress: "redfish://192.0.2.13/1",
    };
    const metal3 = { ...given.metal3, hosts: [given.server, broken, twin, noMac] };
    assert.deepEqual(paths(validatePool({ ...given.pool, fabricKind: "token-ring", metal3 })), [
      "fabricKind",
      "metal3.hosts[1].name",
      "metal3.hosts[1].bmcAddress",
      "metal3.hosts[1].rootDevice",
      "metal3.hosts[3].bootMacAddress",
      "metal3.hosts[2].bootMacAddress",
      "metal3.hosts[2].bmcAddress",
    ]);
  });

  it("takes exactly one backend and a GPU that is known", () => {
    const { metal3, ...none } = given.pool;
    assert.match(validatePool(none)[0]?.reason ?? "", /not none/);
    assert.match(validatePool({ ...given.existing, metal3 })[0]?.reason ?? "", /not metal3 and existing/);
    assert.deepEqual(paths(validatePool({ ...given.pool, gpuModel: "H1000" })), ["gpuModel"]);
  });

  it("passes a switched-off certificate verification on and does not hide it", async () => {
    const metal3 = { ...given.metal3, disableCertificateVerification: true };
    const requested = await requestedBy(() => new components.BareMetalPool("ty", { ...given.pool, metal3 }));
    const spec = specOf(only(requested, HOST, "ty-gpu-1")) as { bmc: Inputs };
    assert.equal(spec.bmc.disableCertificateVerification, true);
  });
});

describe("BareMetalPool on what exists", () => {
  it("labels the nodes that it is given, and provisions nothing", async () => {
    const requested = await requestedBy(() => new components.BareMetalPool("os", given.existing));
    assert.deepEqual(
      requested.map(({ type }) => type),
      [
        "hybrid-ai-fabric:index:BareMetalPool",
        "kubernetes:core/v1:NodePatch",
        "kubernetes:core/v1:NodePatch",
      ],
    );
    assert.deepEqual(only(requested, "kubernetes:core/v1:NodePatch", "os-os-1").inputs.metadata, {
      name: "os-1",
      labels: { "hybrid-ai/pool": "osaka", "hybrid-ai/country": "JP" },
      annotations: {
        "hybrid-ai/dataset": "claims",
        "hybrid-ai/classification": "restricted",
        "hybrid-ai/residency": "japan-only",
      },
    });
  });
});

describe("BareMetalPool on Equinix Metal", () => {
  it("needs to be told that the service is gone, and never claims InfiniBand", () => {
    const metal = given.equinixMetal.equinixMetal;
    assert.ok(metal);
    const unaware = { ...given.equinixMetal, equinixMetal: { ...metal, acknowledgeRetired: false } };
    assert.match(validatePool(unaware)[0]?.reason ?? "", /ended on 2026-06-30/);
    assert.deepEqual(paths(validatePool({ ...given.equinixMetal, fabricKind: "infiniband" })), [
      "fabricKind",
    ]);
  });

  it("makes project, VLANs, devices and their attachments", async () => {
    const requested = await requestedBy(() => new components.BareMetalPool("eq", given.equinixMetal));
    assert.equal(ofType(requested, "equinix-metal:index/project:Project").length, 1);
    assert.equal(ofType(requested, "equinix-metal:index/vlan:Vlan").length, 2);
    assert.equal(ofType(requested, "equinix-metal:index/device:Device").length, 2);
    assert.equal(ofType(requested, "equinix-metal:index/portVlanAttachment:PortVlanAttachment").length, 4);
  });
});

describe("InfiniBandFabric", () => {
  it("gives 8 x 400G rails a resource, an address pool and a partition of each tenant", async () => {
    const requested = await requestedBy(() => new components.InfiniBandFabric("ib", given.infiniBand));
    assert.match(JSON.stringify(requested), /canary-ufm-password/);
    assert.doesNotMatch(readableIn(requested), /canary-ufm-password/);
    const rails = ofType(requested, RAIL);
    assert.equal(rails.length, 8);
    assert.deepEqual(specOf(rails[3]).nicSelector, { vendor: "15b3", pfNames: ["ibp3s0"] });
    assert.equal(specOf(rails[3]).resourceName, "rail3");
    assert.equal(specOf(rails[3]).linkType, "ib");
    assert.equal(ofType(requested, "kubernetes:nv-ipam.nvidia.com/v1alpha1:IPPool").length, 9);
    const attachments = ofType(requested, ATTACHMENT);
    assert.equal(attachments.length, 16);
    const keys = attachments.map((attachment) => {
      const config = JSON.parse(String(specOf(attachment).config)) as { plugins: Inputs[] };
      assert.equal(config.plugins[0]?.ibKubernetesEnabled, true);
      return String(config.plugins[0]?.pkey);
    });
    assert.deepEqual([...new Set(keys)].length, 2);
    assert.ok(keys.includes("0x0006"));
  });

  it("creates the secret of UFM with the name that the policy asks for", async () => {
    const requested = await requestedBy(() => new components.InfiniBandFabric("ib", given.infiniBand));
    const secret = only(requested, "kubernetes:core/v1:Secret").inputs.metadata as Inputs;
    const policy = specOf(
      only(requested, "kubernetes:mellanox.com/v1alpha1:NicClusterPolicy", "ib-adapters"),
    );
    assert.equal((policy.ibKubernetes as Inputs).ufmSecret, secret.name);
    assert.equal(secret.namespace, "nvidia-network-operator");
  });

  it("finds node features once, reaches GPU memory by DMA-BUF and leaves GPUs whole", async () => {
    const requested = await requestedBy(() => new components.InfiniBandFabric("ib", given.infiniBand));
    const values = (name: string) =>
      only(requested, RELEASE, name).inputs.values as { [key: string]: Inputs };
    assert.equal(values("ib-network-operator").nfd?.enabled, true);
    const gpu = values("ib-gpu-operator");
    assert.equal(gpu.nfd?.enabled, false);
    assert.equal(gpu.driver?.kernelModuleType, "open");
    assert.equal(gpu.gdrcopy?.enabled, true);
    assert.equal(gpu.mig?.strategy, "none");
  });

  it("renders the partitions for OpenSM, without ib-kubernetes", async () => {
    let partitions: pulumi.Output<string> | undefined;
    const requested = await requestedBy(() => {
      partitions = new components.InfiniBandFabric("ib", given.openSm).partitionsConf;
    });
    assert.equal(ofType(requested, "kubernetes:core/v1:Secret").length, 0);
    const text = await new Promise<string>((resolve) => partitions?.apply(resolve));
    assert.match(text, /^Default=0x7fff, ipoib, defmember=limited/);
    assert.match(text, /search=0x0006, ipoib, defmember=full : SELF;/);
  });

  it("joins a GB200 NVL72 rack into a domain per tenant, and an HGX host into none", async () => {
    const domain = "kubernetes:resource.nvidia.com/v1beta1:ComputeDomain";
    const requested = await requestedBy(() => new components.InfiniBandFabric("nvl", given.rack));
    assert.deepEqual(
      ofType(requested, domain).map(({ inputs }) => (inputs.metadata as Inputs).name),
      ["search-nvlink", "speech-nvlink"],
    );
    assert.equal(specOf(ofType(requested, domain)[0]).numNodes, 0);
    const hgx = await requestedBy(() => new components.InfiniBandFabric("ib", given.infiniBand));
    assert.equal(ofType(hgx, domain).length, 0);
    assert.equal(components.infiniBandAttachments(given.rack).expectedBusBandwidthGBps, 600);
  });

  it("names the manager of the subnet, and hosts whose locked memory is unlimited", async () => {
    const annotationsOf = async (args: components.InfiniBandFabricArgs, type: string, name: string) => {
      const requested = await requestedBy(() => new components.InfiniBandFabric("ib", args));
      return (only(requested, type, name).inputs.metadata as { annotations: object }).annotations;
    };
    const manager = (annotations: object) => Object.entries(annotations).find(([key]) => /subnet/.test(key));
    const policy = ["kubernetes:mellanox.com/v1alpha1:NicClusterPolicy", "ib-adapters"] as const;
    assert.equal(manager(await annotationsOf(given.infiniBand, ...policy))?.[1], "ufm");
    assert.equal(manager(await annotationsOf(given.openSm, ...policy))?.[1], "opensm");
    const hosts = { ...given.hosts, memlockUnlimited: true };
    const tenant = ["kubernetes:core/v1:Namespace", "ib-search"] as const;
    const unlimited = { "hybrid-ai/memlock": "unlimited" };
    const annotations = await annotationsOf({ ...given.infiniBand, hosts }, ...tenant);
    assert.deepEqual({ ...annotations, ...unlimited }, annotations);
    assert.ok(!("hybrid-ai/memlock" in (await annotationsOf(given.infiniBand, ...tenant))));
  });

  it("refuses two tenants with one partition", () => {
    const tenants = [
      { name: "search", pkey: "0x6" },
      { name: "speech", pkey: "0x8006" },
    ];
    assert.deepEqual(paths(validateInfiniBand({ ...given.infiniBand, tenants })), ["tenants[1].pkey"]);
    assert.throws(
      () => new components.InfiniBandFabric("ib", { ...given.infiniBand, tenants }),
      (error: Error) => /speech would share partition 0x0006/.test(error.message),
    );
  });

  it("refuses a fabric without exactly one subnet manager", () => {
    assert.deepEqual(paths(validateInfiniBand({ ...given.infiniBand, subnetManager: {} })), [
      "subnetManager",
    ]);
  });
});

describe("RoceFabric", () => {
  it("offers what InfiniBand offers, kept apart by VLANs", async () => {
    const requested = await requestedBy(() => new components.RoceFabric("roce", given.roce));
    const networks = ofType(requested, "kubernetes:sriovnetwork.openshift.io/v1:SriovNetwork");
    assert.equal(networks.length, 16);
    assert.equal(specOf(networks[0]).vlan, 101);
    assert.equal(specOf(ofType(requested, RAIL)[0]).mtu, 9000);
    assert.deepEqual(
      Object.keys(components.roceAttachments(given.roce)),
      Object.keys(components.infiniBandAttachments(given.infiniBand)),
    );
  });

  it("is refused with an MTU that is too small or a VLAN twice", () => {
    const tenants = [{ name: "a", vlan: 5 }, { name: "b", vlan: 5 }, { name: "c" }];
    assert.deepEqual(paths(validateRoce({ ...given.roce, mtu: 1500, tenants })), [
      "tenants[1].vlan",
      "tenants[2].vlan",
      "mtu",
    ]);
  });
});

describe("Scheduling", () => {
  it("queues per tenant, and holds the proof of bandwidth until a user lets it go", async () => {
    const requested = await requestedBy(() => new components.Scheduling("ty", given.scheduling));
    const held = specOf(only(requested, "kubernetes:kueue.x-k8s.io/v1beta2:LocalQueue", "ty-proof-queue"));
    assert.equal(held.stopPolicy, "Hold");
    const levels = specOf(
      only(requested, "kubernetes:kueue.x-k8s.io/v1beta2:Topology", "ty-topology"),
    ).levels;
    assert.deepEqual(levels, [{ nodeLabel: "hybrid-ai/rack" }, { nodeLabel: "kubernetes.io/hostname" }]);
    const proof = specOf(only(requested, "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet", "ty-proof"));
    const text = JSON.stringify(proof);
    assert.ok(text.includes('"nvidia.com/gpu":8,"nvidia.com/rail0":1,"nvidia.com/rail1":1'));
    assert.ok(text.includes("-np 32 -H nccl-tests-workers-0-0.nccl-tests:8,"));
    assert.ok(!text.includes("canary-ssh-key"));
  });

  it("promises no more GPUs than there are", () => {
    const tenants = [{ name: "a", namespace: "a", gpus: 33 }];
    assert.throws(
      () => new components.Scheduling("ty", { ...given.scheduling, tenants }),
      (error: Error) => /33 GPUs are promised, but there are 32/.test(error.message),
    );
  });
});

describe("HybridJoin", () => {
  const eks = given.join.eks as components.HybridJoinEks;

  it("tells EKS the networks of the site as its API wants them, and nodes join as HYBRID_LINUX", async () => {
    const requested = await requestedBy(() => new components.HybridJoin("ty", given.join));
    const cluster = only(requested, "aws:eks/cluster:Cluster").inputs;
    assert.deepEqual(cluster.remoteNetworkConfig, {
      remoteNodeNetworks: { cidrs: ["10.1.0.0/20"] },
      remotePodNetworks: { cidrs: ["10.1.64.0/18"] },
    });
    assert.deepEqual(cluster.accessConfig, { authenticationMode: "API" });
    assert.equal(only(requested, "aws:eks/accessEntry:AccessEntry").inputs.type, "HYBRID_LINUX");
    assert.equal(ofType(requested, "aws:rolesanywhere/trustAnchor:TrustAnchor").length, 1);
    assert.equal(ofType(requested, "aws:ssm/activation:Activation").length, 0);
  });

  it("takes activations instead of certificates, never both", async () => {
    const { rolesAnywhere, ...bare } = eks;
    const ssm = { registrationLimit: 4 };
    const requested = await requestedBy(
      () => new components.HybridJoin("ty", { ...given.join, eks: { ...bare, ssm } }),
    );
    assert.equal(ofType(requested, "aws:ssm/activation:Activation").length, 1);
    assert.equal(ofType(requested, "aws:rolesanywhere/profile:Profile").length, 0);
    assert.deepEqual(paths(validateJoin({ ...given.join, eks: { ...bare, ssm, rolesAnywhere } })), [
      "eks.rolesAnywhere",
    ]);
    assert.deepEqual(paths(validateJoin({ ...given.join, eks: bare })), ["eks.rolesAnywhere"]);
  });

  it("refuses networks that are public or overlap", () => {
    const wrong = { ...eks, remoteNodeCidrs: ["203.0.113.0/24"], remotePodCidrs: ["10.16.4.0/24"] };
    assert.deepEqual(paths(validateJoin({ ...given.join, eks: wrong })), [
      "eks.remoteNodeCidrs[0]",
      "eks.vpcCidr",
    ]);
  });

  it("federates a control plane that stays on site", async () => {
    const onSite = { issuerUrl: "https://oidc.example.com/ty", serviceAccount: "training:trainer" };
    const { eks: _, ...site } = given.join;
    const requested = await requestedBy(() => new components.HybridJoin("ty", { ...site, onSite }));
    assert.equal(ofType(requested, "aws:eks/cluster:Cluster").length, 0);
    assert.equal(
      only(requested, "aws:iam/openIdConnectProvider:OpenIdConnectProvider").inputs.url,
      onSite.issuerUrl,
    );
  });

  it("federates by certificates where the site publishes nothing, within a boundary", async () => {
    const { eks: _, ...site } = given.join;
    const certificates = { certificateBundle: "-----BEGIN CERTIFICATE-----", commonName: "trainer.ty" };
    const permissionsBoundary = "arn:aws:iam::111122223333:policy/site";
    const onSite = { certificates, permissionsBoundary };
    const requested = await requestedBy(() => new components.HybridJoin("ty", { ...site, onSite }));
    assert.equal(ofType(requested, "aws:iam/openIdConnectProvider:OpenIdConnectProvider").length, 0);
    assert.equal(ofType(requested, "aws:rolesanywhere/trustAnchor:TrustAnchor").length, 1);
    assert.equal(only(requested, "aws:rolesanywhere/profile:Profile").inputs.acceptRoleSessionName, false);
    assert.equal(only(requested, "aws:iam/role:Role").inputs.permissionsBoundary, permissionsBoundary);
  });

  it("refuses a federation that nothing proves, or everything", () => {
    const { eks: _, ...site } = given.join;
    const wrong = (onSite: components.HybridJoinOnSite) => paths(validateJoin({ ...site, onSite }));
    const certificates = { certificateBundle: "pem", commonName: "trainer.ty" };
    const token = { issuerUrl: "https://oidc.example.com", serviceAccount: "training:trainer" };
    assert.deepEqual(wrong(token), []);
    assert.deepEqual(wrong({ certificates }), []);
    assert.deepEqual(wrong({}), ["onSite.issuerUrl"]);
    assert.deepEqual(wrong({ ...token, certificates }), ["onSite.issuerUrl"]);
    assert.deepEqual(wrong({ certificates: { ...certificates, commonName: "*" } }), [
      "onSite.certificates.commonName",
    ]);
    assert.deepEqual(wrong({ issuerUrl: "http://oidc.example.com", serviceAccount: "trainer" }), [
      "onSite.issuerUrl",
      "onSite.serviceAccount",
    ]);
    assert.deepEqual(wrong({ ...token, serviceAccount: "training:*" }), ["onSite.serviceAccount"]);
  });
});
