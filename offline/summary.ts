import type { Summary, Violation } from "@hybrid-ai-fabric/graph";
import { type Paint, renderJudgement } from "@hybrid-ai-fabric/report";
import type { StandIn } from "./workspace";

/** What a person sees of a plan. */
export interface Screen {
  environment: string;
  settings: string | undefined;
  standIns: readonly StandIn[];
  secretsStoodIn: readonly string[];
  summary: Summary;
  violations: readonly Violation[];
}

/** One screen: what would be created where, where every dataset may and does live, and what the packs say. */
export function renderSummary(screen: Screen, paint: Paint): string {
  const { summary } = screen;
  return [
    `${paint("bold", screen.environment)}: ${summary.resources} resources previewed by the Pulumi engine`,
    paint(
      "dim",
      `Providers were stood in for: ${screen.standIns.map((s) => `${s.package} ${s.version}`).join(", ") || "none"}. Nothing was asked of a cloud.`,
    ),
    ...(screen.secretsStoodIn.length > 0
      ? [paint("dim", `Secrets were stood in for: ${screen.secretsStoodIn.join(", ")}`)]
      : []),
    paint("dim", `Settings of the packs: ${screen.settings ?? "none, so the labels are the declaration"}`),
    "",
    ...renderJudgement(screen, paint),
    "",
  ].join("\n");
}
