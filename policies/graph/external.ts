import { placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { matchesGlob } from "./glob";
import { fromDeclaration, type Location } from "./location";
import type { ExternalStore } from "./settings";

/** What the plan and the settings know of something outside the stack that a literal value names. */
export interface External {
  name: string;
  location: Location;
  datasets: string[];
}

/** A store outside this stack: declared in `settings.externalStores`, else placed by the region in its ARN. */
export function describeExternal(name: string, declared: readonly ExternalStore[]): External {
  const entry = declared.find((store) => matchesGlob(store.match, name));
  if (entry) {
    return { name, location: fromDeclaration(entry.place), datasets: [...(entry.dataset ?? [])].sort() };
  }
  const region = name.startsWith("arn:") ? name.split(":")[3] : undefined;
  const place = region ? placeOfAwsRegion(region) : undefined;
  if (place)
    return {
      name,
      location: { places: [{ place, proof: "region of the ARN" }], unresolved: [] },
      datasets: [],
    };
  return {
    name,
    location: {
      places: [],
      unresolved: [
        "it stands outside this stack and nothing says where; declare it in settings.externalStores",
      ],
    },
    datasets: [],
  };
}
