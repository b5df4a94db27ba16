import type { Rule } from "@hybrid-ai-fabric/graph";
import type { Dimension } from "@hybrid-ai-fabric/locality";
import { judgePlaces, presencesIn } from "./arrivals";

const dimensions: readonly Dimension[] = ["log", "backup", "telemetry"];

export const logsStay: Rule = {
  id: "logs-and-backups-stay-where-the-data-may-be",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description: "Logs, backups and telemetry of a dataset hold parts of it and stay where those may be.",
  remediation: "Write logs and backups to an allowed place.",
  evaluate: (view) =>
    dimensions.flatMap((dimension) =>
      presencesIn(view, dimension).flatMap((presence) =>
        judgePlaces(view, presence, dimension, `leaves its ${dimension} in`),
      ),
    ),
};
