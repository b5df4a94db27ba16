import { directConnectLocation, directConnectLocationsOfMetro } from "@hybrid-ai-fabric/locality";
import type { HandOff } from "../../../components/interconnect/resiliency";
import type { Via } from "../interconnects";

/** Where and how an entry of `via` hands over to AWS. */
export interface HandOver extends HandOff {
  bandwidthMbps: number;
  /** Region of the connection at AWS. */
  sellerRegion: string;
  bgpKey?: string;
}

/** The hand-over of an entry, for a site in a metro; undefined where the metro has no Direct Connect location. */
export function handOver(via: Via, siteMetro: string): HandOver | undefined {
  const found = ends(via, siteMetro);
  const associated = found?.location === undefined ? undefined : directConnectLocation(found.location);
  if (!found || found.location === undefined || !associated) return undefined;
  const { provider, location, entry } = found;
  return {
    provider,
    location,
    bandwidthMbps: entry.bandwidthMbps,
    sellerRegion: found.sellerRegion ?? associated.region,
    ...(entry.bgpKey === undefined ? {} : { bgpKey: entry.bgpKey }),
  };
}

function ends({ equinixFabric, megaport, directConnect }: Via, siteMetro: string) {
  if (equinixFabric) {
    const [usual] = directConnectLocationsOfMetro(equinixFabric.metro ?? siteMetro);
    const location = equinixFabric.location ?? usual;
    return {
      provider: "equinixFabric" as const,
      location,
      sellerRegion: equinixFabric.sellerRegion,
      entry: equinixFabric,
    };
  }
  if (megaport) {
    const { location } = megaport.partner;
    return {
      provider: "megaport" as const,
      location,
      sellerRegion: megaport.sellerRegion,
      entry: megaport,
    };
  }
  if (!directConnect) return undefined;
  return {
    provider: "directConnect" as const,
    location: directConnect.location,
    sellerRegion: undefined,
    entry: directConnect,
  };
}
