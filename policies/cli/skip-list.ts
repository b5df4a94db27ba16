import { tablesOf } from "@hybrid-ai-fabric/graph";
import { withTables } from "@hybrid-ai-fabric/locality";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { settingsOf } from "@hybrid-ai-fabric/policy-all/evaluate";
import { renderSkips, skippableTools, skipsFor, survey } from "@hybrid-ai-fabric/report";
import { parseFlags } from "./arguments";
import { readPlanInput } from "./input/read";
import { readSettings } from "./settings";
import { exitStatus, type Terminal } from "./terminal";

export const skipListUsage = `  skip-list --tool ${skippableTools.join("|")} --plan FILE [--config FILE]
        the rules of another tool that demand copies which a residency of this plan forbids, each with the reason`;

/** `hybrid-ai-fabric skip-list`: what another tool must not ask of this plan. */
export function skipLister(args: readonly string[], terminal: Terminal): number {
  const { operands, values } = parseFlags(args, {
    "--tool": "value",
    "--plan": "value",
    "--config": "value",
  });
  const { "--tool": tool, "--plan": file } = values;
  if (tool === undefined || file === undefined || operands.length > 0)
    throw new WrongInput(`skip-list takes --tool and --plan.\n${skipListUsage}`);
  if (!skippableTools.includes(tool))
    throw new WrongInput(`--tool ${tool}: the tools are ${skippableTools.join(", ")}.`);
  const settings = settingsOf(readSettings(values["--config"], terminal.workingDirectory));
  const { resources } = readPlanInput(file, terminal.workingDirectory);
  const view = survey(resources, settings, new Date().toISOString().slice(0, 10));
  terminal.print(withTables(tablesOf(settings), () => renderSkips(skipsFor(view, tool), tool)));
  return exitStatus.holds;
}
