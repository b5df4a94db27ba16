import { preview } from "../offline/preview";
import { requestFor } from "./surroundings";

/**
 * Previews one plan again and again on the real engine, which hands resources to policies in another order each time,
 * and counts the different sets of findings. One set is the only good answer.
 */
async function main([runs = "100", parallel = "2"]: string[]): Promise<void> {
  const variant = "leak-beside-unknown";
  const request = await requestFor(
    `test/refused/${variant}/Pulumi.${variant}.yaml`,
    "test/refused/settings.json",
  );
  const sets = new Map<string, number>();
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < Number(runs)) {
      started++;
      const { policies } = await preview(request);
      const findings = policies.map(
        (event) => `${event.enforcementLevel} ${event.policyName} ${event.resourceUrn}`,
      );
      const set = findings.sort().join("\n");
      sets.set(set, (sets.get(set) ?? 0) + 1);
      process.stderr.write(`\r${[...sets.values()].reduce((sum, count) => sum + count, 0)} of ${runs}`);
    }
  };
  await Promise.all(Array.from({ length: Number(parallel) }, worker));
  process.stderr.write("\n");
  for (const [set, count] of sets) console.log(`${count} of ${runs} previews found:\n${set || "nothing"}\n`);
  if (sets.size !== 1 || sets.has("")) process.exitCode = 1;
}

void main(process.argv.slice(2));
