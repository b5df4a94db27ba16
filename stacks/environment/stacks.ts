import { nearest } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { type Layer, layerNames, layers, usedLayers } from "../layers";
import { type Problem, problem, shown } from "../problems";
import type { EnvironmentContent } from "./shape";

/** Stacks that an environment is divided among, each with its layers; a stack reads only those above it. */
export const stacks = z
  .record(z.string(), z.array(z.enum(layerNames)).min(1, "must hold at least one layer"))
  .describe(
    "Stacks with the layers that each creates, those that others read first. Default: one stack for all",
  );

/** Every layer in one stack, and every layer that it reads in the same stack or one above. */
export function checkStacks(environment: EnvironmentContent): Problem[] {
  const { stacks } = environment;
  if (stacks === undefined) return [];
  const stackOf = new Map<Layer, string>();
  const twice = Object.entries(stacks).flatMap(([stack, created]) =>
    created.flatMap((layer) => {
      const other = stackOf.get(layer);
      stackOf.set(layer, other ?? stack);
      return other === undefined
        ? []
        : [
            problem(
              `stacks.${stack}`,
              `${shown(layer)}: ${other === stack ? "it is named twice" : `stacks.${other} creates it already`}`,
            ),
          ];
    }),
  );
  const missing = usedLayers(environment).filter((layer) => !stackOf.has(layer));
  const names = Object.keys(stacks);
  const above = [...stackOf].flatMap(([layer, stack]) =>
    layers[layer].flatMap((read) => {
      const from = stackOf.get(read);
      return from !== undefined && names.indexOf(from) > names.indexOf(stack)
        ? [problem(`stacks.${stack}`, `${shown(layer)} reads ${read}, so stacks.${from} must stand above it`)]
        : [];
    }),
  );
  return [
    ...twice,
    ...missing.map((layer) =>
      problem("stacks", `no stack creates ${shown(layer)}, which this environment needs`),
    ),
    ...above,
  ];
}

/** A stack of a divided environment must be one of its stacks, or it would create nothing. */
export function checkStackName({ stacks }: EnvironmentContent, name: string): Problem[] {
  if (stacks === undefined || Object.hasOwn(stacks, name)) return [];
  const names = Object.keys(stacks);
  const [close] = nearest(name, names, 1);
  return [
    problem(
      "stacks",
      `no layer is given to this stack, ${shown(name)}; there are ${names.join(", ")}${close ? `; nearest: ${close}` : ""}`,
    ),
  ];
}
