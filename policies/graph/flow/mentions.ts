import { awsRegionsIn, placeOfHost } from "@hybrid-ai-fabric/locality";

/**
 * Actions of Step Functions that ask a transfer how it is, or slow it down: names of API calls in the form of ARNs, in the
 * machine's own region, that move no data. Every other action may, so its ARN stays a thing that nobody has placed.
 */
const HARMLESS_ACTION = /^arn:aws[a-z-]*:states:::aws-sdk:datasync:(describeTask|updateTaskExecution)$/;

/** What a text names: ARNs, addresses and AWS regions, whether it is JSON, YAML, a map or a line of code. */
export function mentionsIn(text: string): { name: string; kind: "resource" | "host" }[] {
  const arns = text.match(/arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[^\s"'`,\\)\]}]+/g) ?? [];
  const buckets = text.match(/s3a?:\/\/[^\s"'`,\\)\]}]+/g) ?? [];
  const urls = text.match(/\b[a-z][a-z0-9+]*:\/\/[^\s"'`,\\)\]}]+/gi) ?? [];
  const hosts = text.match(/\b(?:[a-z0-9_-]+\.)+[a-z]{2,}\b/gi) ?? [];
  const elsewhere = [...arns, ...buckets].join(" ");
  return [
    ...[...arns.filter((arn) => !HARMLESS_ACTION.test(arn)), ...buckets].map((name) => ({
      name,
      kind: "resource" as const,
    })),
    ...urls
      .filter((url) => !/^s3a?:/.test(url))
      .map((name) => ({ name: hostOf(name) ?? name, kind: "host" as const })),
    ...hosts
      .filter((host) => placeOfHost(host.toLowerCase()) !== undefined)
      .map((name) => ({ name: name.toLowerCase(), kind: "host" as const })),
    ...awsRegionsIn(text)
      .filter((region) => !elsewhere.includes(region))
      .map((name) => ({ name, kind: "resource" as const })),
  ];
}

/** Host of a URL, address with port, JDBC string or bare name. */
export function hostOf(text: string): string | undefined {
  const [, host] =
    /^(?:[a-z][a-z0-9+.:-]*:\/\/)?(?:[^@/\s]*@)?(\[[0-9a-f:]+\]|[a-z0-9._-]+)/i.exec(text) ?? [];
  return host?.toLowerCase();
}
