import { policiesOf } from "@hybrid-ai-fabric/graph/crossguard";
import { PolicyPack } from "@pulumi/policy";
import { fabricRules } from "./rules";

new PolicyPack("fabric", { policies: policiesOf(fabricRules) });
