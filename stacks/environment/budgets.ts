import { z } from "zod";
import type { Problem } from "../problems";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

/** The numbers that must not be exceeded. */
export const budgets = z.strictObject({ transferHours: named(z.number().positive()).default({}) });

export function checkBudgets({ budgets, datasets }: EnvironmentContent): Problem[] {
  return Object.keys(budgets.transferHours).flatMap((name) =>
    mustBe(`budgets.transferHours.${name}`, name, Object.keys(datasets), "a dataset"),
  );
}
