import { localityRules } from "@hybrid-ai-fabric/policy-locality/rules";
import { describeRules } from "../../support/rule-suite";
import { networkFixtures } from "./network/fixtures";
import { servingFixtures } from "./serving/fixtures";
import { trainingFixtures } from "./training/fixtures";

describe("locality rules", () => {
  describeRules("locality", localityRules, { ...networkFixtures, ...trainingFixtures, ...servingFixtures });
});
