import { awsRegionsIn, placeOfHost } from "@hybrid-ai-fabric/locality";

/**
 * Actions of Step Functions that ask a transfer how it is, or slow it down: names of API calls in the form of ARNs, in the
 * machine's own region, that move no data. Every other action may, so its ARN stays a thing that nobody has placed.
 */
const HARMLESS_ACTION = /^arn:aws[a-z-]*:states:::aws-sdk:datasync:(describeTask|updateTaskExecution)$/;

export interface Mention {
  name: string;
  kind: "resource" | "host" | "bucket";
}

/** What a text names: ARNs, addresses, buckets and AWS regions, whether it is JSON, YAML, a map or a line of code. */
export function mentionsIn(text: string): Mention[] {
  return [text, ...encodedIn(text)].flatMap(mentionsInPlain);
}

function mentionsInPlain(text: string): Mention[] {
  const arns = text.match(/arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[^\s"'`,\\)\]}]+/g) ?? [];
  const buckets = text.match(/s3[an]?:\/\/[^\s"'`,\\)\]}]+/g) ?? [];
  const urls = text.match(/\b[a-z][a-z0-9+]*:\/\/(?:\[[0-9a-f:.]+\])?[^\s"'`,\\)\]}]+/gi) ?? [];
  const hosts = text.match(/\b(?:[a-z0-9_-]+\.)+[a-z]{2,}\b/gi) ?? [];
  const elsewhere = [...arns, ...buckets].join(" ");
  return [
    ...[...arns.filter((arn) => !HARMLESS_ACTION.test(arn)), ...buckets].map((name) => ({
      name,
      kind: "resource" as const,
    })),
    ...urls
      .filter((url) => !/^s3[an]?:/.test(url))
      .map((name) => ({ name: hostOf(name) ?? name, kind: "host" as const })),
    ...hosts
      .filter((host) => placeOfHost(host.toLowerCase()) !== undefined)
      .map((name) => ({ name: name.toLowerCase(), kind: "host" as const })),
    ...addressesIn(text).map((name) => ({ name, kind: "host" as const })),
    ...bucketsIn(text).map((name) => ({ name, kind: "bucket" as const })),
    ...awsRegionsIn(text)
      .filter((region) => !elsewhere.includes(region))
      .map((name) => ({ name, kind: "resource" as const })),
  ];
}

/** Addresses without a scheme: a name with a port, and a number outside private networks. */
function addressesIn(text: string): string[] {
  const named = [...text.matchAll(/(?<![\w./@-])((?:[a-z0-9-]+\.)+[a-z]{2,}):\d{2,5}\b(?!\.)/gi)];
  const numbers = [...text.matchAll(/(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.]|\/\d)/g)];
  return [
    ...named.flatMap(([, name = ""]) => (isInside(name) ? [] : [name.toLowerCase()])),
    ...numbers.flatMap(([, number = ""]) => (isPrivate(number) ? [] : [number])),
  ];
}

/** Names that only a cluster or a private network answers to. */
function isInside(host: string): boolean {
  return /\.(svc|local|internal|localdomain)$/i.test(host);
}

function isPrivate(number: string): boolean {
  return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|23\d|255)\./.test(
    number,
  );
}

/** Names that stand where a bucket is asked for: `"Bucket": "x"`, `S3_BUCKET=x`, `--bucket x`, `{name: BUCKET, value: x}`. */
function bucketsIn(text: string): string[] {
  const found = [named, given, copied]
    .flatMap((form) => [...text.matchAll(form)])
    .flatMap(([, name = ""]) => name);
  return found.filter(
    (name) => !/^(true|false|null|none|\d+)$/.test(name) && awsRegionsIn(name).join() !== name,
  );
}

const quote = `\\\\*["']?`;
const bucketName = "([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?![\\w./:@*-])";
const named = new RegExp(
  `bucket(?:[_.-]?name)?${quote}(?:\\s*,\\s*${quote}value${quote})?\\s*[:=]\\s*${quote}${bucketName}`,
  "gi",
);
const copied = new RegExp(
  `copy_?source${quote}\\s*[:=]\\s*${quote}/?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/`,
  "gi",
);
const given = new RegExp(`--[a-z-]*bucket(?:-name)?\\s+${quote}${bucketName}`, "gi");

/** Scripts of machines are written in base 64: what is behind one is read as well. */
function encodedIn(text: string): string[] {
  if (!/^[A-Za-z0-9+/\s]{24,}={0,2}\s*$/.test(text)) return [];
  const plain = Buffer.from(text, "base64").toString("utf8");
  return /^[\t\n\r -~\u00a0-\uffff]*$/.test(plain) && !plain.includes("\ufffd") ? [plain] : [];
}

/** Host of a URL, address with port, JDBC string or bare name. */
export function hostOf(text: string): string | undefined {
  const bare = text.replace(/^[a-z][a-z0-9+.:-]*:\/\//i, "");
  const [, host] = /^(?:[^@/\s]*@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)/i.exec(bare) ?? [];
  return host?.toLowerCase();
}
