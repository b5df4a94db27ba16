import { compare, isRecord, type Prediction, type View } from "@hybrid-ai-fabric/graph";
import type { Carrier, Link } from "./links";

/** Puts what was predicted of a path, and of the transfers that it carries, beside its name. */
export function withFigures(links: readonly Link[], predictions: readonly Prediction[], view: View): Link[] {
  const transfers = transfersOf(view);
  return links.map((link) => ({
    ...link,
    carriers: link.carriers.map((carrier) => {
      const own = pathFigures(carrier, link, predictions);
      // A transfer goes over an interconnect; a path that nothing is predicted of is none.
      return own.length === 0
        ? carrier
        : { ...carrier, figures: [own.join(", "), ...transferFigures(carrier, link, transfers)] };
    }),
  }));
}

/** Its SLA class, and the round trip between these two ends. */
function pathFigures({ name }: Carrier, link: Link, predictions: readonly Prediction[]): string[] {
  return predictions
    .filter(({ subject, quantity }) => {
      const region = /^round trip to (.+)$/.exec(quantity)?.[1];
      return subject === name && (quantity === "SLA class" || (region !== undefined && endsIn(link, region)));
    })
    .map(({ value, unit }) => `${value} ${unit}`.trim());
}

function endsIn({ from, to }: Link, region: string): boolean {
  return [from, to].some((stop) => stop.startsWith(`${region} `));
}

/** A bulk transfer as its component registers it. */
interface Transfer {
  name: string;
  region: string;
  datasets: readonly string[];
  hours: number;
}

function transfersOf({ graph }: View): Transfer[] {
  return graph.resources
    .flatMap(({ custom, name, outputs }) => {
      const { predictedHours: hours, region, labels } = outputs;
      if (custom || typeof hours !== "number" || typeof region !== "string" || !isRecord(labels)) return [];
      const datasets = typeof labels.dataset === "string" ? labels.dataset.split(" ") : [];
      return [{ name, region, datasets, hours }];
    })
    .sort((a, b) => compare(a.name, b.name));
}

/** A path carries a transfer when it ends in its region and carries its dataset. */
function transferFigures(carrier: Carrier, link: Link, transfers: readonly Transfer[]): string[] {
  return transfers
    .filter(
      ({ region, datasets }) =>
        endsIn(link, region) && datasets.some((dataset) => carrier.datasets.includes(dataset)),
    )
    .map(({ name, hours }) => `${name}: ${Number(hours.toPrecision(3))} h`);
}
