/**
 * Properties whose change makes the real provider replace the resource, of the types whose replacement is tested here:
 * `ForceNew` in terraform-provider-aws (internal/service/directconnect, read 2026-11-24). What components replace by
 * themselves (Equinix, Megaport) needs no entry: the engine does that whatever the provider says.
 */
const replacing: { readonly [type: string]: readonly string[] | undefined } = {
  "aws:directconnect/connection:Connection": [
    "bandwidth",
    "location",
    "name",
    "providerName",
    "region",
    "requestMacsec",
  ],
  "aws:directconnect/linkAggregationGroup:LinkAggregationGroup": [
    "connectionId",
    "connectionsBandwidth",
    "location",
    "providerName",
    "region",
  ],
  "aws:directconnect/connectionAssociation:ConnectionAssociation": ["connectionId", "lagId", "region"],
  "aws:directconnect/macsecKeyAssociation:MacsecKeyAssociation": [
    "cak",
    "ckn",
    "connectionId",
    "region",
    "secretArn",
  ],
  "aws:directconnect/bgpPeer:BgpPeer": [
    "addressFamily",
    "amazonAddress",
    "bgpAsn",
    "bgpAuthKey",
    "customerAddress",
    "region",
    "virtualInterfaceId",
  ],
  "aws:directconnect/transitVirtualInterface:TransitVirtualInterface": interfaceReplacing(),
  "aws:directconnect/privateVirtualInterface:PrivateVirtualInterface": interfaceReplacing(),
};

function interfaceReplacing(): string[] {
  return [
    "addressFamily",
    "amazonAddress",
    "bgpAsn",
    "bgpAuthKey",
    "connectionId",
    "customerAddress",
    "dxGatewayId",
    "name",
    "region",
    "vlan",
  ];
}

/** Those of the changed properties that the real provider cannot change in place. */
export function replacedFor(type: string, changed: readonly string[]): string[] {
  const fixed = replacing[type] ?? [];
  return changed.filter((property) => fixed.includes(property));
}
