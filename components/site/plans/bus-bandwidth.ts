import { gpuHost } from "@hybrid-ai-fabric/locality";

/** Hosts that run one all-reduce together. */
export interface BusBandwidthRequest {
  gpuModel: string;
  hosts: number;
  /** Rails of each host; 0 without a fabric. */
  rails: number;
  /** Gbps of one rail. */
  gbps: number;
}

/** The least that a healthy fabric shows in the column busbw of nccl-tests, for messages of a GiB and more. */
export interface BusBandwidth {
  /** GB/s (bytes, decimal). */
  GBps: number;
  /** nvlink or fabric: what sets the limit. */
  limitedBy: string;
}

/**
 * Part of the line rate that is expected. Published runs of comparable hosts reach more: 377 of 400 GB/s on 8 x 400G
 * B200 hosts and 654 of 800 on 16 x 400G B300 hosts (awsome-distributed-ai, read 2026-11).
 */
const FABRIC_SHARE = 0.8;
/** Floors that the same source checks within one host are two thirds of NVLink: 200 of 300, 600 of 900 GB/s. */
const NVLINK_SHARE = 2 / 3;

/** A ring crosses every link once, so its bus bandwidth is that of the narrowest: NVLink inside a domain, else the rails of a host. */
export function expectedBusBandwidth({ gpuModel, hosts, rails, gbps }: BusBandwidthRequest): BusBandwidth {
  const host = gpuHost(gpuModel);
  const nvlink = (host?.nvlinkGBps ?? 0) * NVLINK_SHARE;
  const fabric = ((rails * gbps) / 8) * FABRIC_SHARE;
  const inOneDomain = hosts <= (host?.hostsPerNvlinkDomain ?? 1);
  if (inOneDomain && nvlink > 0) return { GBps: Math.floor(nvlink), limitedBy: "nvlink" };
  return { GBps: Math.floor(fabric), limitedBy: "fabric" };
}
