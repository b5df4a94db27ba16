import type { RuleFixtures } from "../../support/rule-suite";

export const fixtures: { [rule: string]: RuleFixtures } = {};
