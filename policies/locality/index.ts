import { policiesOf } from "@hybrid-ai-fabric/graph/crossguard";
import { PolicyPack } from "@pulumi/policy";
import { localityRules } from "./rules";

new PolicyPack("locality", { policies: policiesOf(localityRules) });
