import { identityRules } from "@hybrid-ai-fabric/policy-identity/rules";
import { describeRules } from "../../support/rule-suite";
import { fixtures } from "./fixtures";

describe("identity rules", () => {
  describeRules("identity", identityRules, fixtures);
});
