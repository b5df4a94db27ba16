import { readPrefix, subPrefix, writeAddress } from "../network/prefixes";

/** The two ends of a BGP link, with the prefix length: chosen by us, so that the preview knows them. */
export interface LinkAddresses {
  /** Equinix's end with its length, such as 169.254.64.1/30. */
  customer: string;
  /** Amazon's end with its length, such as 169.254.64.2/30. */
  amazon: string;
}

/** The n-th /30 of a prefix: the first usable address for the router on our side, the second for Amazon. */
export function linkAddresses(prefix: string, index: number): LinkAddresses {
  const { first } = readPrefix(subPrefix(prefix, 30, index));
  return { customer: `${writeAddress(first + 1)}/30`, amazon: `${writeAddress(first + 2)}/30` };
}

/** An address without its prefix length, as BGP neighbours are written. */
export function withoutLength(address: string): string {
  return address.split("/", 1)[0] ?? address;
}
