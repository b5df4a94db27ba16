import type { ArgumentProblem } from "../problems";
import { MOST_AGENTS, validateAgents } from "./agents";
import type { BulkTransferArgs } from "./bulk-transfer";
import { validateDayLimits } from "./day-limits";
import { dailyHours, transferTask } from "./predicted-transfer";
import { validateSource } from "./sources";
import { planTransfer, whatWouldMeet } from "./transfer-plan";

const verifications = ["transferred", "all", "none"];

/** Rules on the arguments that no type expresses: all that are broken, with what would be legal. */
export function validateBulkTransfer(args: BulkTransferArgs): ArgumentProblem[] {
  const problems = [
    ...validateSource(args.source),
    ...validateAgents(args.agents ?? [], args.agentArns ?? [], args.endpoint),
    ...validateDayLimits(args.limits ?? []),
  ];
  const wrong = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  if (args.verify !== undefined && !verifications.includes(args.verify)) {
    wrong("verify", `"${args.verify}" is none of ${verifications.join(", ")}`);
  }
  const named = (args.directories ?? []).reduce((sum, { sizeTiB }) => sum + sizeTiB, 0);
  if (named > args.sizeTiB) {
    wrong("directories", `they hold ${named} TiB, more than the ${args.sizeTiB} TiB of the whole`);
  }
  (args.directories ?? []).forEach(({ path }, index) => {
    if (!path.startsWith("/")) wrong(`directories[${index}].path`, `"${path}" does not begin with a slash`);
    if (path.includes("|"))
      wrong(`directories[${index}].path`, `"${path}" contains |, which separates paths`);
  });
  if (problems.length > 0) return problems;

  const task = transferTask(args);
  const perTask = Math.ceil(task.agents / task.shards.length);
  if (perTask > MOST_AGENTS) {
    const reason = `${task.agents} agents for ${task.shards.length} tasks; a location takes ${MOST_AGENTS}: name more directories`;
    wrong("directories", reason);
  }
  const growth = args.dailyGrowthTiB ?? 0;
  const { hours, bottleneck } = planTransfer(task);
  if (args.windowHours !== undefined) {
    const advice = whatWouldMeet(task, args.windowHours);
    if (advice.length > 0) {
      const reason = `the first transfer takes ${hours.toFixed(1)} h, not ${args.windowHours} h (limited by ${bottleneck}); what would do: ${advice.join(", or ")}`;
      wrong("windowHours", reason);
    }
  }
  const daily = dailyHours(args);
  if (daily > 24) {
    wrong(
      "dailyGrowthTiB",
      `${growth} TiB take ${daily.toFixed(1)} h, more than a day: the site would grow faster`,
    );
  }
  return problems;
}
