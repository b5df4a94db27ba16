import { compare, isRecord, type Prediction, predictionsOf, type View } from "@hybrid-ai-fabric/graph";
import type { Carrier, Link } from "./links";

/** Puts what was predicted of a path, and of the transfers that it carries, beside its name. */
export function withFigures(links: readonly Link[], view: View): Link[] {
  const { predictions } = predictionsOf(view.graph.resources);
  const transfers = transfersOf(view);
  return links.map((link) => ({
    ...link,
    carriers: link.carriers.map((carrier) =>
      link.kind === "path"
        ? {
            ...carrier,
            figures: [...pathFigures(carrier, predictions), ...transferFigures(carrier, link, transfers)],
          }
        : carrier,
    ),
  }));
}

/** Its SLA class and its round trips, on one line. */
function pathFigures({ name }: Carrier, predictions: readonly Prediction[]): string[] {
  const own = predictions.filter(({ subject }) => subject === name);
  const sla = own.filter(({ quantity }) => quantity === "SLA class").map(({ value }) => String(value));
  const trips = own
    .filter(({ quantity }) => quantity.startsWith("round trip"))
    .map(({ value, unit }) => `${value} ${unit}`);
  const line = [...sla, ...trips].join(", ");
  return line === "" ? [] : [line];
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
function transferFigures(carrier: Carrier, { from, to }: Link, transfers: readonly Transfer[]): string[] {
  return transfers
    .filter(({ region, datasets }) => {
      const endsThere = [from, to].some((stop) => stop.startsWith(`${region} `));
      return endsThere && datasets.some((dataset) => carrier.datasets.includes(dataset));
    })
    .map(({ name, hours }) => `${name}: ${Number(hours.toPrecision(3))} h`);
}
