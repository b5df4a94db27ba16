import {
  countryName,
  type Place,
  type Population,
  placeOfAwsRegion,
  placeOfMetro,
} from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { type Problem, problem, shown } from "../problems";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

/** The numbers that must not be exceeded. */
export const budgets = z.strictObject({
  transferHours: named(z.number().positive()).default({}),
  userRoundTripMs: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe("from users to what answers them and back, by aws:<region>, metro:<code> or country"),
});

export function checkBudgets({ budgets, datasets }: EnvironmentContent): Problem[] {
  return [
    ...Object.keys(budgets.transferHours).flatMap((name) =>
      mustBe(`budgets.transferHours.${name}`, name, Object.keys(datasets), "a dataset"),
    ),
    ...Object.keys(budgets.userRoundTripMs).flatMap((name) =>
      populationPlace(name)
        ? []
        : [
            problem(
              `budgets.userRoundTripMs.${name}`,
              `${shown(name)} is no place: write aws:<region>, metro:<code> or a country`,
            ),
          ],
    ),
  ];
}

/** Users that have a budget, with where they are. */
export function populationsOf({ budgets }: EnvironmentContent): Population[] {
  return Object.entries(budgets.userRoundTripMs).flatMap(([name, ms]) => {
    const place = populationPlace(name);
    return place ? [{ name, place, ms }] : [];
  });
}

function populationPlace(text: string): Place | undefined {
  const [kind = "", name = ""] = text.split(":", 2);
  if (kind === "aws") return placeOfAwsRegion(name);
  if (kind === "metro") return placeOfMetro(name);
  return countryName(text) ? { country: text, operator: "self" } : undefined;
}
