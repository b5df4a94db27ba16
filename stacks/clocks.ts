import { FabricClock } from "../components";
import type { Environment } from "./environment";

/** Precision time at the sites that ask for it. */
export function createClocks({ clocks }: Environment): void {
  for (const [name, { connection, protocol, grade, addresses }] of Object.entries(clocks)) {
    new FabricClock(name, { circuitId: connection, protocol, grade, addresses });
  }
}
