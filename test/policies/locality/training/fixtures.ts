import type { RuleFixtures } from "../../../support/rule-suite";

export const trainingFixtures: { [rule: string]: RuleFixtures } = {};
