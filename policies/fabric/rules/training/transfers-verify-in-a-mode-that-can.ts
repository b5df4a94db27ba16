import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";

/** Options of DataSync tasks: AWS API reference, 2026; the default of the provider is POINT_IN_TIME_CONSISTENT. */
export const transfersVerify: Rule = {
  id: "transfers-verify-in-a-mode-that-can",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A transfer verifies what it wrote, in a mode that its task has: an ENHANCED task refuses POINT_IN_TIME_CONSISTENT, which is the default of the provider.",
  remediation: "Set options.verifyMode to ONLY_FILES_TRANSFERRED, or taskMode to BASIC.",
  evaluate: (view) => trainingOf(view).all(tokens.task).flatMap(judge),
};

function judge(task: PlannedResource): Finding[] {
  const mode = textAt(task, "taskMode");
  const verify = textAt(task, "options.verifyMode");
  if (mode.state === "hidden" || verify.state === "hidden") {
    return [
      notShown(
        task,
        "options.verifyMode",
        `Nothing shows that ${task.name} verifies in a mode that it has: mode or verification are not known before creation.`,
      ),
    ];
  }
  const how = verify.state === "known" ? verify.value : "POINT_IN_TIME_CONSISTENT, the default";
  if (how === "NONE") {
    return [
      broken(task, verify.path, `${task.name} verifies nothing of what it wrote.`, { level: "advisory" }),
    ];
  }
  if (mode.state !== "known" || mode.value !== "ENHANCED" || how === "ONLY_FILES_TRANSFERRED") return [];
  return [
    broken(
      task,
      "options.verifyMode",
      `${task.name} is ENHANCED and would verify by ${how}, which ENHANCED refuses.`,
    ),
  ];
}
