import type { InstanceType } from "./instance-types";

/** One network interface of an instance: where it sits, and what it speaks. */
export interface CardInterface {
  card: number;
  device: number;
  /** interface (ENA, with an address), efa (both), or efa-only (RDMA without an address). */
  kind: "interface" | "efa" | "efa-only";
}

/** `efa-only` spends one address per node, `efa` one per card: device plugins of Auto Mode and PCS need the latter. */
export type EfaStyle = "efa-only" | "efa";

/**
 * The interfaces that let an instance run at the rate it is sold with: one EFA on every card that takes one, and a
 * primary interface with an address on card 0 (EC2 user guide; device 0 on cards that have no ENA interface).
 */
export function efaLayout(type: InstanceType, style: EfaStyle = "efa-only"): CardInterface[] {
  const cards = efaCardsOf(type);
  const first = cards.includes(0);
  if (style === "efa") {
    const primary: CardInterface = { card: 0, device: 0, kind: first ? "efa" : "interface" };
    return [primary, ...cards.filter((card) => card > 0).map((card) => on(card, 1, "efa"))];
  }
  const primary: CardInterface[] = [
    { card: 0, device: 0, kind: "interface" },
    ...(first ? [on(0, 1, "efa-only")] : []),
  ];
  return [...primary, ...cards.filter((card) => card > 0).map((card) => on(card, 0, "efa-only"))];
}

/** Cards that carry EFA when the type runs at full rate. */
export function efaCardsOf(type: InstanceType): number[] {
  if (type.maxEfa === 0 || type.layoutUnknown !== undefined) return [];
  if (type.efaCards) return type.efaCards.recommended;
  const all = Array.from({ length: type.cards ?? 0 }, (_, card) => card);
  return type.firstCardTakesEfa ? all : all.slice(1);
}

/** EFA interfaces that reach the full rate. GB200 does so with 4 of 400 Gbps as well as with 8 of 200. */
export function fullRateEfaCounts(type: InstanceType): number[] {
  return type.efaCards
    ? [type.efaCards.recommended.length, type.efaCards.all.length]
    : [efaCardsOf(type).length];
}

function on(card: number, device: number, kind: CardInterface["kind"]): CardInterface {
  return { card, device, kind };
}
