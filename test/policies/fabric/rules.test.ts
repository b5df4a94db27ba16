import { fabricRules } from "@hybrid-ai-fabric/policy-fabric/rules";
import { describeRules } from "../../support/rule-suite";
import { fixtures } from "./fixtures";

describe("fabric rules", () => {
  describeRules("fabric", fabricRules, fixtures);
});
