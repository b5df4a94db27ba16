import type { ArgumentProblem } from "../problems";

/** Months that Megaport makes contracts for. */
const TERMS = [1, 12, 24, 36, 48, 60];

/** Terms and diversity zones: the same for every Megaport product. */
export function validateMegaportOrder(order: {
  contractTermMonths?: number;
  diversityZone?: string;
}): ArgumentProblem[] {
  const { contractTermMonths: months, diversityZone: zone } = order;
  return [
    ...(months === undefined || TERMS.includes(months)
      ? []
      : [{ propertyPath: "contractTermMonths", reason: `${months}: one of ${TERMS.join(", ")}` }]),
    ...(zone === undefined || zone === "red" || zone === "blue"
      ? []
      : [{ propertyPath: "diversityZone", reason: `"${zone}": red or blue` }]),
  ];
}
