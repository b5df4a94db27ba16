import { labelRemediation, policiesOf } from "@hybrid-ai-fabric/graph/crossguard";
import { PolicyPack } from "@pulumi/policy";
import { allRules } from "./rules";

new PolicyPack("hybrid-ai-fabric", { policies: [...policiesOf(allRules), labelRemediation()] });
