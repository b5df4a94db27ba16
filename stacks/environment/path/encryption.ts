import { isSold, soldText } from "@hybrid-ai-fabric/locality";
import { type Problem, problem } from "../../problems";
import type { Interconnect, Via } from "../interconnects";

/** AWS encrypts its own ports only: what a partner carries ends in the partner's. */
export function checkEncryption(path: string, { encryption, via }: Interconnect): Problem[] {
  if (!encryption) return [];
  const plain = via.flatMap((entry, i) => {
    const why = plainBecause(entry);
    return why === undefined ? [] : [`via[${i}] is ${why}`];
  });
  if (plain.length === 0) return [];
  const legal = `MACsec is for directConnect of ${soldText("macsec")} Mbps`;
  return [problem(`${path}.encryption.macsec`, `${plain.join(", ")}: ${legal}`)];
}

/** Why an entry cannot be encrypted. */
function plainBecause({ equinixFabric, megaport, directConnect }: Via): string | undefined {
  if (equinixFabric) return "equinixFabric, a hosted connection";
  if (megaport) return "megaport, a hosted connection";
  if (!directConnect || isSold("macsec", directConnect.bandwidthMbps)) return undefined;
  return `directConnect of ${directConnect.bandwidthMbps} Mbps`;
}
