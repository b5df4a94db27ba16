import table from "./data/metros.json";

/** An Equinix metro. 22 of the codes look like the code of another country: CH is Chicago, FR is Frankfurt. */
export interface EquinixMetro {
  code: string;
  city: string;
  country: string;
  lat?: number;
  lon?: number;
}

const metros: { [code: string]: Omit<EquinixMetro, "code"> | undefined } = table.metros;

export function equinixMetro(code: string): EquinixMetro | undefined {
  const metro = Object.hasOwn(metros, code) ? metros[code] : undefined;
  return metro && { code, ...metro };
}

export function equinixMetroCodes(): string[] {
  return Object.keys(metros).sort();
}
