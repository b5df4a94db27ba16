import { gpuHost } from "@hybrid-ai-fabric/locality";
import { readPrefix, subPrefix } from "../../network/prefixes";
import type { ArgumentProblem } from "../../problems";

/** What is known of the adapters that carry GPU traffic: the same in every host of a pool. */
export interface RailRequest {
  /** Names of the physical functions, one per rail and in the order of the rails. */
  pfNames: readonly string[];
  /** Virtual functions per rail and host: as many pods of one host can be on the rail at once. */
  vfsPerRail: number;
  /** Prefix that all rails take their addresses from. */
  cidr: string;
  /** Hosts of the pool. */
  hosts: number;
}

/** One rail: the same adapter of every host, on one leaf of the fabric. */
export interface Rail {
  /** rail0, rail1 ...: also the name of the Kubernetes resource and of the address pool. */
  name: string;
  pfName: string;
  numVfs: number;
  /** Addresses of the rail: an equal share of the prefix. */
  subnet: string;
  /** Addresses that one host takes from it at a time. */
  addressesPerHost: number;
}

/** NVIDIA adapters take no more virtual functions (validation webhook of the SR-IOV operator). */
const MAX_VFS = 128;

/** One resource and one address pool per rail. Shares are a power of two, so that a ninth rail is the only one that moves the others. */
export function planRails({ pfNames, vfsPerRail, cidr }: RailRequest): Rail[] {
  const share = Math.max(3, Math.ceil(Math.log2(Math.max(1, pfNames.length))));
  const { length } = readPrefix(cidr);
  return pfNames.map((pfName, index) => ({
    name: `rail${index}`,
    pfName,
    numVfs: vfsPerRail,
    subnet: subPrefix(cidr, length + share, index),
    addressesPerHost: addressesPerHost(vfsPerRail),
  }));
}

/** A block holds one address per pod; one alone is a block that the address plugin refuses. */
function addressesPerHost(vfsPerRail: number): number {
  return Math.max(2, vfsPerRail);
}

/** Everything that is certainly wrong with a request for rails. */
export function validateRails(request: RailRequest): ArgumentProblem[] {
  const { pfNames, vfsPerRail, cidr, hosts } = request;
  const doubled = pfNames.filter((name, index) => pfNames.indexOf(name) !== index);
  const problem = (property: string, reason: string) => ({ propertyPath: `rails.${property}`, reason });
  return [
    ...(pfNames.length > 0 ? [] : [problem("pfNames", "none given; one physical function per rail")]),
    ...doubled.map((name) =>
      problem("pfNames", `"${name}" is named twice: each rail needs a port of its own`),
    ),
    ...(Number.isInteger(vfsPerRail) && vfsPerRail >= 1 && vfsPerRail <= MAX_VFS
      ? []
      : [problem("vfsPerRail", `${vfsPerRail} must be 1 to ${MAX_VFS}: with 0 no pod gets a port`)]),
    ...(Number.isInteger(hosts) && hosts >= 1 ? [] : [problem("hosts", `${hosts} must be 1 or more`)]),
    ...(pfNames.length > 0 ? validateAddresses(request, cidr) : []),
  ];
}

function validateAddresses(request: RailRequest, cidr: string): ArgumentProblem[] {
  const propertyPath = "rails.cidr";
  try {
    const [first] = planRails(request);
    const { length } = readPrefix(first?.subnet ?? cidr);
    const needed = request.hosts * addressesPerHost(request.vfsPerRail);
    const usable = 2 ** (32 - length) - 2;
    if (needed <= usable) return [];
    return [
      {
        propertyPath,
        reason: `"${cidr}" gives each rail ${usable} addresses, but ${request.hosts} hosts take ${needed}`,
      },
    ];
  } catch (error) {
    return [{ propertyPath, reason: (error as Error).message }];
  }
}

/** Hosts whose GPUs outnumber their rails: GPUs then share ports. Undefined when the ratio is right or the model unknown. */
export function railRatioDoubt(gpuModel: string, gpusPerHost: number, rails: number): string | undefined {
  const host = gpuHost(gpuModel);
  const wanted = host ? Math.ceil((gpusPerHost * host.hcasPerHost) / host.gpusPerHost) : gpusPerHost;
  if (rails >= wanted) return undefined;
  return `${gpusPerHost} GPUs of ${gpuModel} per host, but ${rails} rails: ${wanted} are usual, so GPUs share ports and the slowest pair sets the pace`;
}
