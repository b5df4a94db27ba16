import assert from "node:assert/strict";
import { fabricRules } from "@hybrid-ai-fabric/policy-fabric/rules";
import { type ResourceSpec, ref } from "../../../support/plan";
import { violationsOf } from "../../../support/rule-suite";
import { changed, cluster, interfaces, nic, without } from "./cluster";

const template = (change: Parameters<typeof changed>[1]) => changed("template", change);
const nics = (networkInterfaces: NonNullable<ResourceSpec["properties"]>[string]) =>
  template({ networkInterfaces });
const reservation = (properties: NonNullable<ResourceSpec["properties"]>): ResourceSpec => ({
  type: "aws:ec2/capacityReservation:CapacityReservation",
  name: "reservation",
  properties,
});
const reserved = {
  capacityReservationSpecification: {
    capacityReservationTarget: { capacityReservationId: ref("reservation") },
  },
};

/** What goes wrong in practice, and the rule that must say so. */
const misconfigurations: [what: string, specs: ResourceSpec[], rule: string, message: RegExp][] = [
  [
    "egress by address only",
    changed("nodes-out", { referencedSecurityGroupId: null, cidrIpv4: "0.0.0.0/0" }),
    "efa-security-groups-allow-themselves",
    /no egress rule for all protocols/,
  ],
  [
    "ingress for TCP only",
    changed("nodes-in", { ipProtocol: "tcp" }),
    "efa-security-groups-allow-themselves",
    /no ingress rule/,
  ],
  [
    "an EFA interface without a security group",
    nics([nic(0, 0, "interface"), { ...nic(0, 1, "efa-only"), securityGroups: [] }]),
    "efa-security-groups-allow-themselves",
    /no security group of its own/,
  ],
  [
    "one card of sixteen outside of the group",
    nics(
      interfaces().map((entry, index) =>
        index === 7 ? { ...(entry as object), securityGroups: ["sg-shell"] } : entry,
      ),
    ).concat({
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "shell",
      properties: { id: "sg-shell", description: "shell" },
    }),
    "efa-security-groups-allow-themselves",
    /on card 6 of template is not in security group nodes, through which the other 15 speak/,
  ],
  [
    "a type without EFA",
    template({ instanceType: "g6.xlarge" }),
    "efa-is-asked-of-types-that-have-it",
    /has no EFA/,
  ],
  [
    "one card of sixteen",
    nics(interfaces(1)),
    "every-card-that-takes-efa-has-one",
    /3000 of 3200 Gbps are lost/,
  ],
  [
    "two EFA interfaces on a card",
    nics([...interfaces(), nic(3, 1, "efa-only")]),
    "network-interfaces-fit-the-cards",
    /2 EFA interfaces on card 3/,
  ],
  [
    "a card that the type does not have",
    nics([...interfaces(), nic(16, 0, "efa-only")]),
    "network-interfaces-fit-the-cards",
    /card 16; p5en\.48xlarge has cards 0 to 15/,
  ],
  [
    "all interfaces on card 0",
    nics([nic(0, 0, "interface"), { ...nic(0, 0, "efa-only"), networkCardIndex: null }]),
    "network-interfaces-fit-the-cards",
    /networkCardIndex is not set/,
  ],
  [
    "a primary interface without an address",
    nics([nic(0, 0, "efa-only"), nic(1, 0, "efa-only")]),
    "network-interfaces-fit-the-cards",
    /is efa-only, which has no address/,
  ],
  [
    "no primary interface",
    nics([nic(1, 0, "efa-only")]),
    "network-interfaces-fit-the-cards",
    /no interface at card 0/,
  ],
  [
    "EFA on a card of ENA only",
    template({ instanceType: "p6-b300.48xlarge" }),
    "network-interfaces-fit-the-cards",
    /card 0, which takes ENA only on p6-b300/,
  ],
  [
    "a public address",
    nics(interfaces(16, { associatePublicIpAddress: "true" })),
    "nodes-with-efa-have-no-public-address",
    /asks for a public address/,
  ],
  [
    "no placement group on demand",
    template({ placement: null }),
    "efa-nodes-are-placed-together",
    /outside of a placement group/,
  ],
  [
    "a placement group and a reservation made outside of it",
    [...template(reserved), reservation({ instanceType: "p5en.48xlarge" })],
    "capacity-fits-how-it-is-asked-for",
    /was reserved outside of one/,
  ],
  [
    "a Capacity Block in a placement group",
    template({ ...reserved, instanceMarketOptions: { marketType: "capacity-block" } }).concat(
      reservation({}),
    ),
    "capacity-fits-how-it-is-asked-for",
    /placement group for a Capacity Block/,
  ],
  [
    "a Capacity Block without its id",
    template({ instanceMarketOptions: { marketType: "capacity-block" }, placement: null }),
    "capacity-fits-how-it-is-asked-for",
    /names no reservation as its target/,
  ],
  [
    "a node group that asks for a block alone",
    changed("group", { capacityType: "CAPACITY_BLOCK" }),
    "capacity-fits-how-it-is-asked-for",
    /no marketType capacity-block/,
  ],
  [
    "an UltraServer in parts",
    changed(
      "group",
      { scalingConfig: { minSize: 0, maxSize: 10, desiredSize: 0 } },
      template({ instanceType: "p6e-gb200.36xlarge" }),
    ),
    "instances-are-bought-as-they-are-sold",
    /takes 10 of p6e-gb200/,
  ],
  [
    "nodes before their block begins",
    [
      ...template({
        instanceMarketOptions: { marketType: "capacity-block" },
        placement: null,
        capacityReservationSpecification: {
          capacityReservationTarget: { capacityReservationId: ref("block") },
        },
      }),
      {
        type: "aws:ec2/capacityBlockReservation:CapacityBlockReservation",
        name: "block",
        properties: { capacityBlockOfferingId: "cb-1", instancePlatform: "Linux/UNIX" },
      },
    ],
    "capacity-fits-how-it-is-asked-for",
    /may begin weeks from now/,
  ],
  [
    "EFA on a scratch file system",
    changed("lustre", { deploymentType: "SCRATCH_2" }),
    "lustre-has-what-efa-needs",
    /only PERSISTENT_2 can/,
  ],
  [
    "EFA without metadata configuration",
    changed("lustre", { metadataConfiguration: null }),
    "lustre-has-what-efa-needs",
    /no metadataConfiguration/,
  ],
  [
    "a throughput that is not sold",
    changed("lustre", { perUnitStorageThroughput: 999 }),
    "lustre-has-what-efa-needs",
    /999 MBps per TiB; 125, 250, 500, 1000 are sold/,
  ],
  [
    "the older import path beside an association",
    changed("lustre", { importPath: "s3://d" }),
    "lustre-repositories-fit-their-file-system",
    /importPath beside an association/,
  ],
  [
    "nine associations",
    [
      ...cluster,
      ...Array.from({ length: 8 }, (_, index) => ({
        type: "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation",
        name: `link${index}`,
        properties: { fileSystemId: ref("lustre") },
      })),
    ],
    "lustre-repositories-fit-their-file-system",
    /9 associations; 8 are the most/,
  ],
  [
    "no rule from the file system back to the nodes",
    without("files-to-nodes"),
    "lustre-and-its-clients-reach-each-other",
    /do not allow each other/,
  ],
];

/** Two bare instances with an interface of each kind, as resources of their own. */
const bare = (change: NonNullable<ResourceSpec["properties"]> = {}): ResourceSpec[] => [
  ...without("template", "group", "lustre", "link"),
  ...["a", "b"].flatMap((name): ResourceSpec[] => [
    {
      type: "aws:ec2/networkInterface:NetworkInterface",
      name: `${name}-efa`,
      properties: { subnetId: ref("subnet"), interfaceType: "efa", securityGroups: [ref("nodes")] },
    },
    {
      type: "aws:ec2/instance:Instance",
      name,
      properties: {
        instanceType: "g6e.8xlarge",
        placementGroup: ref("together"),
        networkInterfaces: [{ deviceIndex: 0, networkCardIndex: 0, networkInterfaceId: ref(`${name}-efa`) }],
        ...change,
      },
    },
  ]),
];
const nodeClass = (spec: NonNullable<ResourceSpec["properties"]>): ResourceSpec[] => [
  ...without("template", "group", "lustre", "link"),
  {
    type: "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    name: "class",
    properties: {
      spec: {
        securityGroupSelectorTerms: [{ id: ref("nodes") }],
        placementGroupSelector: { name: "together" },
        networkInterfaces: [
          { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" },
          { networkCardIndex: 0, deviceIndex: 1, interfaceType: "efa-only" },
        ],
        ...spec,
      },
    },
  },
];

/** The same, where nodes are launched in another way. */
const elsewhere: typeof misconfigurations = [
  [
    "a bare instance of a type without EFA",
    bare({ instanceType: "g6e.xlarge" }),
    "efa-is-asked-of-types-that-have-it",
    /has no EFA/,
  ],
  [
    "bare instances apart from each other",
    bare({ placementGroup: null as never }),
    "efa-nodes-are-placed-together",
    /outside of a placement group/,
  ],
  [
    "an interface of a bare instance whose group takes egress by address only",
    bare().map((spec) =>
      spec.name === "nodes-out"
        ? { ...spec, properties: { securityGroupId: ref("nodes"), ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" } }
        : spec,
    ),
    "efa-security-groups-allow-themselves",
    /no egress rule for all protocols.*EFA of a-efa is blocked/,
  ],
  [
    "two EFA interfaces on a card of a node class",
    nodeClass({
      networkInterfaces: [
        { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" },
        { networkCardIndex: 1, deviceIndex: 0, interfaceType: "efa-only" },
        { networkCardIndex: 1, deviceIndex: 1, interfaceType: "efa-only" },
      ],
    }),
    "network-interfaces-fit-the-cards",
    /2 EFA interfaces on card 1/,
  ],
  [
    "a node class with a public address",
    nodeClass({ associatePublicIPAddress: true }),
    "nodes-with-efa-have-no-public-address",
    /class asks for a public address/,
  ],
  [
    "a node class without a placement group",
    nodeClass({ placementGroupSelector: null as never }),
    "efa-nodes-are-placed-together",
    /outside of a placement group/,
  ],
];

describe("misconfigurations of training clusters", () => {
  it("finds nothing in bare instances and node classes that are right", () => {
    assert.deepEqual(violationsOf(fabricRules, bare()), []);
    assert.deepEqual(violationsOf(fabricRules, nodeClass({})), []);
  });

  it("cannot show the groups of a node class that finds them by tags", () => {
    const found = violationsOf(
      fabricRules,
      nodeClass({ securityGroupSelectorTerms: [{ tags: { a: "b" } }] }),
    );
    assert.deepEqual(
      found.map(({ rule, verdict, level }) => [rule, verdict, level]),
      [["efa-security-groups-allow-themselves", "cannotBeShown", "advisory"]],
    );
  });

  for (const [what, specs, rule, message] of [...misconfigurations, ...elsewhere]) {
    it(`${what} is found by ${rule}`, () => {
      const found = violationsOf(fabricRules, specs).filter((violation) => violation.rule === rule);
      assert.ok(
        found.some((violation) => message.test(violation.message)),
        found.map((violation) => violation.message).join("\n") || "nothing was found",
      );
    });
  }

  it("rules of a security group may be written in all three ways", () => {
    const older = (direction: string): ResourceSpec => ({
      type: "aws:ec2/securityGroupRule:SecurityGroupRule",
      name: `older-${direction}`,
      properties: {
        type: direction,
        protocol: "-1",
        self: true,
        securityGroupId: ref("nodes"),
        fromPort: 0,
        toPort: 0,
      },
    });
    const apart = [...without("nodes-in", "nodes-out"), older("ingress"), older("egress")];
    assert.deepEqual(violationsOf(fabricRules, apart), []);
    const own = { protocol: "-1", self: true, fromPort: 0, toPort: 0 };
    const inline = changed("nodes", { ingress: [own], egress: [own] }, without("nodes-in", "nodes-out"));
    assert.deepEqual(violationsOf(fabricRules, inline), []);
  });

  it("a group of another stack cannot be shown to allow itself", () => {
    const groups = { securityGroups: ["sg-0123456789abcdef0"] };
    const outside = nics(interfaces(16, groups).map((entry) => ({ ...(entry as object), ...groups })));
    const found = violationsOf(fabricRules, outside).find(
      ({ rule }) => rule === "efa-security-groups-allow-themselves",
    );
    assert.equal(found?.verdict, "cannotBeShown");
    assert.match(found?.message ?? "", /sg-0123456789abcdef0/);
  });

  it("a second group on some interfaces only: nothing shows that each has the one of EFA", () => {
    const shell: ResourceSpec = {
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "shell",
      properties: { description: "shell" },
    };
    const some = interfaces().map((entry, index) =>
      index === 3 ? { ...(entry as object), securityGroups: [ref("shell")] } : entry,
    );
    const [found] = violationsOf(fabricRules, [...nics(some), shell]);
    assert.equal(found?.rule, "efa-security-groups-allow-themselves");
    assert.equal(found?.verdict, "cannotBeShown");
    assert.equal(found?.level, "advisory");
  });

  it("a second group beside the one of EFA is no finding", () => {
    const shell: ResourceSpec = {
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "shell",
      properties: { description: "shell" },
    };
    const both = nics(interfaces(16, { securityGroups: [ref("nodes"), ref("shell")] }));
    assert.deepEqual(violationsOf(fabricRules, [...both, shell]), []);
  });
});
