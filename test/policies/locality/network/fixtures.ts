import type { RuleFixtures } from "../../../support/rule-suite";

export const networkFixtures: { [rule: string]: RuleFixtures } = {};
