import { fabricRules } from "@hybrid-ai-fabric/policy-fabric/rules";
import { describeRules } from "../../support/rule-suite";
import { interconnectFixtures } from "./interconnect/fixtures";
import { siteFixtures } from "./site/fixtures";
import { trainingFixtures } from "./training/fixtures";

describe("fabric rules", () => {
  describeRules("fabric", fabricRules, { ...interconnectFixtures, ...trainingFixtures, ...siteFixtures });
});
