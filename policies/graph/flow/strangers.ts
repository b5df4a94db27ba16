import { carriesNoData } from "../catalogue";
import { declaredProperties, type PlannedResource } from "../resource";
import type { EdgeSink } from "./edges";
import { mentionedBy } from "./references";

/** Whatever is mentioned by what the catalogue does not hold or cannot look into, it may read. */
export function readByStranger(resource: PlannedResource, { index, add }: EdgeSink): void {
  if (carriesNoData(resource.type)) return;
  for (const property of Object.keys(declaredProperties(resource))) {
    if (describesItself.has(property)) continue;
    for (const target of mentionedBy(resource, property, index)) {
      if (target.kind !== "resource") continue;
      add({
        ...{ from: target.urn, to: resource.urn, declaredBy: resource.urn, property: target.property },
        ...{ carries: "data", certain: false },
      });
    }
  }
}

/** Properties that say what a resource is, and name nothing that it works with. */
const describesItself = new Set(["metadata", "apiVersion", "kind", "tags", "tagsAll"]);
