import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseEnvironment } from "../../stacks/environment";

type Tree = { [key: string]: Tree } & { [key: string]: unknown };

function environmentOf(name: string): Tree {
  const text = readFileSync(join(__dirname, `../../stacks/Pulumi.${name}.yaml`), "utf8");
  return (parse(text) as { config: Tree }).config["hybrid-ai-fabric:environment"] as Tree;
}

/** Problems of japan-prod after a change, one line each. */
function problemsAfter(change: (pools: Tree) => void): string[] {
  const environment = environmentOf("japan-prod");
  change(environment.gpuPools as Tree);
  const parsed = parseEnvironment(environment, "japan-prod");
  return "problems" in parsed ? parsed.problems.map(({ path, reason }) => `${path}: ${reason}`) : [];
}

const tokyo = (pools: Tree) => pools["ty-h100"] as Tree;
const osaka = (pools: Tree) => pools["os-h100"] as Tree;

describe("GPU pools of an environment", () => {
  it("are InfiniBand on Metal3 in Tokyo and RoCE on existing nodes in Osaka", () => {
    assert.deepEqual(
      problemsAfter(() => undefined),
      [],
    );
    const pools = environmentOf("japan-prod").gpuPools as Tree;
    assert.ok(tokyo(pools).metal3 && (tokyo(pools).fabric as Tree).infiniband);
    assert.ok(osaka(pools).existing && (osaka(pools).fabric as Tree).roce);
  });

  it("are refused with tenants that meet in one partition", () => {
    const [problem = ""] = problemsAfter((pools) => {
      ((tokyo(pools).tenants as Tree)["claims-eval"] as { pkey?: string }).pkey = "0x8010";
    });
    assert.match(
      problem,
      /^gpuPools\.ty-h100\.fabric\.infiniband: tenants\[1\]\.pkey: claims-eval would share/,
    );
  });

  it("are refused with an image that nothing vouches for, and with a host twice", () => {
    const problems = problemsAfter((pools) => {
      const metal3 = tokyo(pools).metal3 as Tree;
      delete (metal3.image as { checksum?: string }).checksum;
      const hosts = metal3.hosts as { [name: string]: Tree };
      hosts["h100-2"] = { ...hosts["h100-1"] } as Tree;
    });
    assert.equal(problems.length, 3);
    assert.match(problems.join("\n"), /metal3\.image\.checksum: is missing/);
    assert.match(problems.join("\n"), /bmcAddress: "[^"]+" is that of hosts\[0\] as well/);
  });

  it("are refused without exactly one backend, in places that are no site, and with a missing VLAN", () => {
    assert.match(
      problemsAfter((pools) => {
        delete (osaka(pools) as { existing?: unknown }).existing;
      })[0] ?? "",
      /^gpuPools\.os-h100: metal3: exactly one of metal3, existing and equinixMetal must be given, not none/,
    );
    assert.match(
      problemsAfter((pools) => {
        (osaka(pools) as { place: unknown }).place = "osaka";
      })[0] ?? "",
      /^gpuPools\.os-h100\.place: "osaka" is not a site/,
    );
    assert.match(
      problemsAfter((pools) => {
        delete ((osaka(pools).tenants as Tree)["imaging-train"] as { vlan?: unknown }).vlan;
      })[0] ?? "",
      /^gpuPools\.os-h100\.fabric\.roce: tenants\[0\]\.vlan/,
    );
  });

  it("are refused on Equinix Metal by whoever does not know that it ended", () => {
    const [problem = ""] = problemsAfter((pools) => {
      const metal = { hosts: 1, plan: "g2.large.x86", operatingSystem: "ubuntu_20_04", userDataKey: "k" };
      const { place, gpuModel, gpusPerHost, cluster } = osaka(pools);
      pools["os-h100"] = { place, gpuModel, gpusPerHost, cluster, equinixMetal: metal } as unknown as Tree;
    });
    assert.match(problem, /acknowledgeRetired: must be true: Equinix Metal ended on 2026-06-30/);
  });
});
