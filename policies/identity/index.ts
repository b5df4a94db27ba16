import { policiesOf } from "@hybrid-ai-fabric/graph/crossguard";
import { PolicyPack } from "@pulumi/policy";
import { identityRules } from "./rules";

new PolicyPack("identity", { policies: policiesOf(identityRules) });
