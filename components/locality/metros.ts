import table from "./data/metros.json";
import { factTable } from "./fact-table";

/** An Equinix metro. 22 of the codes look like the code of another country: CH is Chicago, FR is Frankfurt. */
export interface EquinixMetro {
  code: string;
  city: string;
  country: string;
  lat?: number;
  lon?: number;
}

const metros = factTable<Omit<EquinixMetro, "code">>("metros", table.asOf, table.metros);

export function equinixMetro(code: string): EquinixMetro | undefined {
  const metro = metros.get(code);
  return metro && { code, ...metro };
}

export function equinixMetroCodes(): string[] {
  return metros.keys().sort();
}
