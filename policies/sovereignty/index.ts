import { labelRemediation, policiesOf } from "@hybrid-ai-fabric/graph/crossguard";
import { PolicyPack } from "@pulumi/policy";
import { sovereigntyRules } from "./rules";

new PolicyPack("sovereignty", { policies: [...policiesOf(sovereigntyRules), labelRemediation()] });
