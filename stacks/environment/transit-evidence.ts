import { countryCodes, countryName } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { type Problem, problem, shown } from "../problems";

/** A day. Without quotes it is a date of YAML, which the engine hands over with a time. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}( 00:00:00 \+0000 UTC)?$/, "must be a day such as 2027-12-31")
  .transform((text) => text.slice(0, 10))
  .refine((text) => !Number.isNaN(Date.parse(text)), "must be a day of the calendar, such as 2027-12-31");

/**
 * What is claimed to show where a path runs. It counts only when the settings of the packs approve it as attestation
 * `transit:<interconnect>`: who writes the program does not approve its leaks.
 */
export const transitEvidence = z.strictObject({
  countries: z.array(z.string()).min(1).describe("countries that the path may cross, ISO 3166-1 alpha-2"),
  basis: z.enum(["contract", "end-to-end encryption"]),
  document: z.string().min(1).describe("where the evidence is kept"),
  expires: day.describe("last day on which it counts"),
});

export type TransitEvidence = z.infer<typeof transitEvidence>;

export function checkTransitEvidence(path: string, evidence: TransitEvidence | undefined): Problem[] {
  return (evidence?.countries ?? []).flatMap((country, index) =>
    countryName(country)
      ? []
      : [
          problem(
            `${path}.countries[${index}]`,
            `${shown(country)} is not a country (ISO 3166-1 alpha-2; ${countryCodes().length} in all)`,
          ),
        ],
  );
}
