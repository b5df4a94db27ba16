import { type PlannedResource, shortName, type View } from "@hybrid-ai-fabric/graph";
import { asked, byEnd, interconnectOf } from "@hybrid-ai-fabric/graph/interconnect";
import { type LinkAddress, overlap, readAddress } from "./addresses";

/** What AWS announces to the site of a network that stands behind a gateway. */
interface Announcement {
  association: PlannedResource;
  network: PlannedResource;
  prefix: string;
}

/**
 * What the allowed prefixes of a gateway say of a region that it reaches, for a message. They name what is announced and
 * never narrow what is reached: no plan has every network behind a transit gateway (other stacks and accounts attach
 * theirs), and a router on site may have routes that nobody announced.
 */
export function announcedText(view: View): (gateway: PlannedResource, region: string) => string {
  const interconnect = interconnectOf(view);
  const associations = byEnd(
    interconnect,
    interconnect.all("association", "associationProposal"),
    "dxGatewayId",
    "gateway",
  );
  return (gateway, region) => {
    const all = associations.get(gateway) ?? [];
    const hidden = all.filter((association) => prefixesOf(association) === undefined);
    if (hidden.length > 0)
      return ` Allowed prefixes of ${names(hidden)} are not known, so that any network there may be announced to the site.`;
    const found = announcements(all, networksIn(view, region));
    if (found.length === 0)
      return " No allowed prefix covers a network of this plan there, which closes nothing: other stacks attach networks, and a router on site may have routes of its own.";
    const told = found.map(
      ({ association, network, prefix }) =>
        `${shortName(association.urn)} announces ${prefix} of ${shortName(network.urn)}`,
    );
    return ` To the site, ${[...new Set(told)].sort().join(", ")}.`;
  };
}

/** Networks that overlap an allowed prefix: parts of one, the whole, or one of many in a wider prefix such as 0.0.0.0/0. */
function announcements(
  associations: readonly PlannedResource[],
  networks: readonly PlannedResource[],
): Announcement[] {
  return associations.flatMap((association) =>
    (prefixesOf(association) ?? []).flatMap((allowed) =>
      networks.flatMap((network) =>
        prefixesOfNetwork(network).flatMap(({ text, prefix }) =>
          overlap(allowed, prefix) ? [{ association, network, prefix: text }] : [],
        ),
      ),
    ),
  );
}

/** The allowed prefixes; undefined when one of them cannot be read, or none is given and the service takes its own. */
function prefixesOf(association: PlannedResource): LinkAddress[] | undefined {
  const read = asked(association, "allowedPrefixes").map(({ value }) =>
    typeof value === "string" ? readAddress(value) : undefined,
  );
  const known = read.filter((prefix) => prefix !== undefined);
  return known.length > 0 && known.length === read.length ? known : undefined;
}

function networksIn(view: View, region: string): PlannedResource[] {
  return view.graph.resources.filter(
    ({ type, urn }) =>
      type === "aws:ec2/vpc:Vpc" &&
      view.graph.nodes.get(urn)?.location.places.some(({ place }) => place.region === region),
  );
}

function prefixesOfNetwork(network: PlannedResource): { text: string; prefix: LinkAddress }[] {
  return [...asked(network, "cidrBlock"), ...asked(network, "ipv6CidrBlock")].flatMap(({ value }) => {
    const prefix = typeof value === "string" ? readAddress(value) : undefined;
    return typeof value === "string" && prefix ? [{ text: value, prefix }] : [];
  });
}

function names(resources: readonly PlannedResource[]): string {
  return resources.map(({ urn }) => shortName(urn)).join(", ");
}
