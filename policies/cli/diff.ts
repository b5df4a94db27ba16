import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { difference, renderDifference, renderDifferenceAsMarkdown, survey } from "@hybrid-ai-fabric/report";
import { parseFlags } from "./arguments";
import { judgeInput } from "./check";
import { readPlanInput } from "./input/read";
import { readSettings } from "./settings";
import { exitStatus, type Terminal } from "./terminal";

export const diffUsage = `  diff <old> <new> [--markdown] [--config FILE]
        what newly reaches where, as text or as a comment on a pull request; status 1 when the new plan is refused`;

/** `hybrid-ai-fabric diff`: two plans, in any format that check reads. */
export function differ(args: readonly string[], terminal: Terminal): number {
  const { operands, values, switches } = parseFlags(args, { "--markdown": "switch", "--config": "value" });
  if (operands.length !== 2)
    throw new WrongInput(`diff takes two files, not ${operands.length}.\n${diffUsage}`);
  const settings = readSettings(values["--config"], terminal.workingDirectory);
  const [before, after] = operands.map((file) => {
    const plan = judgeInput(readPlanInput(file, terminal.workingDirectory), file, [], settings);
    return { plan, view: survey(plan.resources, plan.settings, plan.today), violations: plan.violations };
  });
  if (!before || !after) throw new WrongInput(diffUsage);
  const found = difference(before, after);
  terminal.print(
    switches.has("--markdown")
      ? renderDifferenceAsMarkdown(found, after.plan.environment)
      : renderDifference(found),
  );
  return after.violations.some(({ level }) => level === "mandatory") ? exitStatus.refused : exitStatus.holds;
}
