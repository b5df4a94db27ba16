type Properties = { [property: string]: unknown };

/**
 * Variable that says what a stand-in reports of resources that exist, beyond what it was asked for: JSON of values by
 * path, by the end of a URN. Only tests set it: to stand for a provider that put a resource elsewhere than it says.
 */
export const REPORTS = "STAND_IN_REPORTS";

/** What is reported of each resource: `{"fabricConnection:FabricConnection::ty": {"zSide.accessPoint.location.metroCode": "OS"}}`. */
export type Reports = { readonly [urnEnd: string]: { readonly [path: string]: unknown } };

/** The properties as the stand-in reports them. What nobody asked about stays as it is. */
export function reported(urn: string, properties: Properties, reports: Reports): Properties {
  return Object.entries(reports)
    .filter(([end]) => urn.endsWith(end))
    .flatMap(([, values]) => Object.entries(values))
    .reduce((sofar, [path, value]) => withValue(sofar, path.split("."), value), properties);
}

export function readReports(text: string | undefined): Reports {
  return text === undefined || text === "" ? {} : (JSON.parse(text) as Reports);
}

function withValue(
  properties: Properties,
  [property = "", ...rest]: readonly string[],
  value: unknown,
): Properties {
  if (rest.length === 0) return { ...properties, [property]: value };
  const inside = properties[property];
  const object = typeof inside === "object" && inside !== null ? (inside as Properties) : {};
  return { ...properties, [property]: withValue(object, rest, value) };
}
