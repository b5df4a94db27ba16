import { broken, type Finding, notShown, type Rule } from "@hybrid-ai-fabric/graph";
import {
  cardOf,
  type EfaTemplate,
  isEfa,
  type TemplateInterface,
  tokens,
  trainingOf,
} from "@hybrid-ai-fabric/graph/training";

/** Network cards and device indexes: EC2 user guide, 2026. Secondary cards take device 0 (new guide) or 1 (old one). */
export const interfacesFitCards: Rule = {
  id: "network-interfaces-fit-the-cards",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Interfaces sit on cards that exist, one EFA to a card and one interface to a slot, with a primary that has an address; EC2 refuses anything else when it launches the first node.",
  remediation:
    "Put a plain interface on card 0, device 0, and one EFA on each card that takes one, with its card index written out.",
  evaluate: (view) => trainingOf(view).templates.flatMap(judge),
};

function judge(template: EfaTemplate): Finding[] {
  const { resource, interfaces } = template;
  // Which interface of a bare instance sits where is known only when both are there.
  const level = resource.type === tokens.instance ? { level: "advisory" as const } : {};
  const hidden = interfaces.find(
    ({ card, device, kind }) => card === "hidden" || device === "hidden" || kind === undefined,
  );
  if (hidden) {
    return [
      notShown(
        resource,
        hidden.path,
        `Nothing shows on which card an interface of ${resource.name} sits: its index or kind is not known before creation.`,
        level,
      ),
    ];
  }
  return [...slots(template), ...primary(template), ...cards(template)];
}

function slots({ resource, property, interfaces }: EfaTemplate): Finding[] {
  const seen = new Map<string, TemplateInterface>();
  const findings: Finding[] = [];
  const efaOf = new Map<number, number>();
  for (const entry of interfaces) {
    const card = cardOf(entry) ?? 0;
    const slot = `card ${card}, device ${entry.device === "unset" ? 0 : entry.device}`;
    if (seen.has(slot)) {
      const hint = entry.card === "unset" ? "; its networkCardIndex is not set, which means card 0" : "";
      findings.push(
        broken(resource, entry.path, `Two interfaces of ${resource.name} sit at ${slot}${hint}.`),
      );
    }
    seen.set(slot, entry);
    if (isEfa(entry)) efaOf.set(card, (efaOf.get(card) ?? 0) + 1);
  }
  for (const [card, count] of efaOf) {
    if (count > 1) {
      findings.push(
        broken(
          resource,
          property,
          `${resource.name} has ${count} EFA interfaces on card ${card}; a card takes one.`,
        ),
      );
    }
  }
  return findings;
}

function primary({ resource, property, interfaces }: EfaTemplate): Finding[] {
  const first = interfaces.find(
    (entry) => cardOf(entry) === 0 && (entry.device === 0 || entry.device === "unset"),
  );
  if (!first) {
    return [
      broken(
        resource,
        property,
        `${resource.name} has no interface at card 0, device 0, so its nodes have no address.`,
      ),
    ];
  }
  if (first.kind !== "efa-only") return [];
  return [
    broken(
      resource,
      first.path,
      `The primary interface of ${resource.name} is efa-only, which has no address.`,
    ),
  ];
}

function cards({ resource, interfaces, type }: EfaTemplate): Finding[] {
  if (type === undefined || !("is" in type) || type.is.cards === undefined) return [];
  const { id, cards: count, firstCardTakesEfa } = type.is;
  return interfaces.flatMap((entry) => {
    const card = cardOf(entry) ?? 0;
    if (card >= count) {
      return [
        broken(
          resource,
          entry.path,
          `${resource.name} puts an interface on card ${card}; ${id} has cards 0 to ${count - 1}.`,
        ),
      ];
    }
    if (card === 0 && isEfa(entry) && !firstCardTakesEfa) {
      return [
        broken(resource, entry.path, `${resource.name} puts EFA on card 0, which takes ENA only on ${id}.`),
      ];
    }
    return [];
  });
}
