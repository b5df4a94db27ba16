import { cacheDirectory } from "../setup/progress";
import { type Engine, findEngine, strategies } from "./find";

/** The engine that `npm start` takes. It is there after the first one, and nothing is said while it is looked for. */
export async function installedEngine(): Promise<Engine> {
  const engine = await findEngine(strategies(cacheDirectory(), process.env.PATH ?? ""), (_, work) => work());
  if (!engine) throw new Error("no engine; run npm start first");
  return engine;
}
