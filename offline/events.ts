/** What the engine says while it previews: one JSON object a line. */
export interface EngineEvents {
  policies: PolicyEvent[];
  /** Errors of the engine, a provider or the program, without colours. */
  errors: string[];
}

export interface PolicyEvent {
  resourceUrn: string;
  message: string;
  policyName: string;
  policyPackName: string;
  enforcementLevel: string;
}

export function readEvents(output: string): EngineEvents {
  const events: EngineEvents = { policies: [], errors: [] };
  for (const line of output.split("\n")) {
    const event = parseLine(line);
    if (!event) continue;
    if (event.policyEvent) events.policies.push(policyEvent(event.policyEvent));
    const diagnostic = event.diagnosticEvent;
    if (diagnostic?.severity === "error") events.errors.push(withoutColours(diagnostic.message ?? "").trim());
  }
  return events;
}

interface RawEvent {
  policyEvent?: Partial<PolicyEvent>;
  diagnosticEvent?: { severity?: string; message?: string };
}

function parseLine(line: string): RawEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as RawEvent;
  } catch {
    return undefined;
  }
}

function policyEvent(raw: Partial<PolicyEvent>): PolicyEvent {
  return {
    resourceUrn: raw.resourceUrn ?? "",
    message: withoutColours(raw.message ?? "").trim(),
    policyName: raw.policyName ?? "",
    policyPackName: raw.policyPackName ?? "",
    enforcementLevel: raw.enforcementLevel ?? "",
  };
}

function withoutColours(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "");
}
