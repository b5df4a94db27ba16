import type { RuleFixtures } from "../../../support/rule-suite";

export const siteFixtures: { [rule: string]: RuleFixtures } = {};
