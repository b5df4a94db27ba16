import type { Rule } from "@hybrid-ai-fabric/graph";
import { nearest } from "@hybrid-ai-fabric/locality";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";

export const packNames: readonly string[] = [...new Set(allRules.map((rule) => rule.pack))];

/** The packs that were asked for by name, each once; none means all of them. */
export function chosenPacks(asked: readonly string[] = []): string[] {
  const unknown = asked.find((name) => !packNames.includes(name));
  if (unknown !== undefined) {
    const [close] = nearest(unknown, packNames, 1);
    throw new WrongInput(
      `--pack ${unknown}: the packs are ${packNames.join(", ")}.${close ? ` Did you mean ${close}?` : ""}`,
    );
  }
  return [...new Set(asked)];
}

export function rulesOf(packs: readonly string[]): readonly Rule[] {
  return packs.length === 0 ? allRules : allRules.filter((rule) => packs.includes(rule.pack));
}
