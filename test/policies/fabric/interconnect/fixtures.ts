import type { RuleFixtures } from "../../../support/rule-suite";

export const interconnectFixtures: { [rule: string]: RuleFixtures } = {};
