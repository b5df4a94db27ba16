import table from "./data/prices.json";
import { factTable } from "./fact-table";

/** A list price; `inferred` ones come from a neighbouring region and may only warn. */
export interface Price {
  usdPerGB: number;
  inferred: boolean;
}

interface Row {
  interRegion?: number;
  interRegionSrc?: string;
  dxOut?: number;
  dxSrc?: string;
}

const rows = factTable<Row>("prices", table.asOf, table.regions);

/** Price of data that leaves a region for another one. */
export function interRegionPrice(region: string): Price | undefined {
  const row = rows.get(region);
  return row?.interRegion === undefined
    ? undefined
    : { usdPerGB: row.interRegion, inferred: row.interRegionSrc === "inferred" };
}

/** Price of data that leaves a region over Direct Connect; what comes in is free. */
export function directConnectOutPrice(region: string): Price | undefined {
  const row = rows.get(region);
  return row?.dxOut === undefined ? undefined : { usdPerGB: row.dxOut, inferred: row.dxSrc === "inferred" };
}
