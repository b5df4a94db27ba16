import type { RuleFixtures } from "../../../support/rule-suite";
import { bgpFixtures } from "./bgp-fixtures";
import { circuitFixtures } from "./circuit-fixtures";
import { redundancyFixtures } from "./redundancy-fixtures";

export const interconnectFixtures: { [rule: string]: RuleFixtures } = {
  ...circuitFixtures,
  ...bgpFixtures,
  ...redundancyFixtures,
};
