/** Variable that names the resources which a stand-in refuses to create. Only tests set it. */
export const FAILS_TO_CREATE = "STAND_IN_FAILS_TO_CREATE";

/**
 * Why a stand-in does not create a resource; undefined for every resource that nobody asked to fail. A name may say its
 * type too (`aws:ec2/vpc:Vpc::main`), because the resources of a component often share theirs.
 */
export function injectedFailure(urn: string, asked: string | undefined): string | undefined {
  if (asked === undefined || asked === "") return undefined;
  if (!urn.endsWith(`::${asked}`) && !urn.endsWith(`$${asked}`)) return undefined;
  return `a failure that was asked for by ${FAILS_TO_CREATE}`;
}
