import {
  differingRows,
  isPlain,
  overriddenRows,
  plannedTables,
  type TableLayer,
} from "@hybrid-ai-fabric/locality";
import { declaredProperties, type PlannedResource } from "./resource";

const COMPONENTS = "hybrid-ai-fabric:index:";
const PLANNED = `${COMPONENTS}PlannedTables`;

/** How a plan fails to rest on the rows that judge it. */
export interface TablesApart {
  /** The program laid other rows, or it laid none. */
  kind: "others" | "none";
  /** `roundTrips.aws:ap-northeast-1>metro:TY`. */
  rows: string[];
}

/**
 * Rows by which the components of a plan decided otherwise than these settings do. A program says in its plan which ones
 * it laid over the tables; components of one that says nothing decided by those that are shipped.
 */
export function tablesApart(
  resources: readonly PlannedResource[],
  facts: TableLayer,
): TablesApart | undefined {
  const ours = plannedTables(facts);
  const said = resources.filter(({ type }) => type === PLANNED);
  if (said.length > 0) {
    const rows = said.flatMap((resource) => {
      const theirs = rowsIn(resource);
      return theirs ? differingRows(theirs, ours) : ["rows that cannot be read"];
    });
    return rows.length === 0 ? undefined : { kind: "others", rows: [...new Set(rows)].sort() };
  }
  const rows = overriddenRows(ours);
  return rows.length > 0 && resources.some(({ type }) => type.startsWith(COMPONENTS))
    ? { kind: "none", rows }
    : undefined;
}

function rowsIn(resource: PlannedResource): TableLayer | undefined {
  const { rows } = declaredProperties(resource);
  if (typeof rows !== "string") return undefined;
  try {
    const read: unknown = JSON.parse(rows);
    return isPlain(read) ? (read as TableLayer) : undefined;
  } catch {
    return undefined;
  }
}
