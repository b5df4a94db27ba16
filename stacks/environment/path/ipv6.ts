import { type Problem, problem } from "../../problems";
import type { Interconnect } from "../interconnects";

/** Amazon allocates IPv6 addresses when the interface exists; a Megaport router is configured with the order before it. */
export function checkIpv6(path: string, { ipv6, via }: Interconnect): Problem[] {
  if (!ipv6) return [];
  const deaf = via.flatMap(({ megaport }, i) =>
    megaport && (!megaport.port || megaport.connectType === "AWS") ? [`via[${i}]`] : [],
  );
  if (deaf.length === 0) return [];
  const reason = `true: ${deaf.join(", ")} cannot, because Amazon allocates the addresses after Megaport's order; equinixFabric, directConnect and megaport with port and connectType AWSHC can`;
  return [problem(`${path}.ipv6`, reason)];
}
