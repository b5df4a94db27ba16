import { localityRules } from "@hybrid-ai-fabric/policy-locality/rules";
import { describeRules } from "../../support/rule-suite";
import { fixtures } from "./fixtures";

describe("locality rules", () => {
  describeRules("locality", localityRules, fixtures);
});
