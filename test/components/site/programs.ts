import * as components from "../../../components";
import * as given from "./arguments";

/** Pieces of programs that together render every kind of object of a site. */
export const programs: { [title: string]: () => void } = {
  "BareMetalPool on Metal3": () => new components.BareMetalPool("ty", given.pool),
  "InfiniBandFabric with UFM": () => new components.InfiniBandFabric("ib", given.infiniBand),
  "InfiniBandFabric with OpenSM": () => new components.InfiniBandFabric("ib", given.openSm),
  "InfiniBandFabric of a GB200 NVL72 rack": () => new components.InfiniBandFabric("nvl", given.rack),
  RoceFabric: () => new components.RoceFabric("roce", given.roce),
  Scheduling: () => new components.Scheduling("ty", given.scheduling),
  "Scheduling of a GB200 NVL72 rack": () =>
    new components.Scheduling("ty", {
      ...given.scheduling,
      hosts: given.rack.hosts,
      tenants: [{ name: "search", namespace: "search", gpus: 72 }],
    }),
};
