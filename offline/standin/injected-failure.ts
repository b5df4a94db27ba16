/** Variable that names the resource which a stand-in refuses to create. Only tests set it. */
export const FAILS_TO_CREATE = "STAND_IN_FAILS_TO_CREATE";

/** Why a stand-in does not create a resource; undefined for every resource that nobody asked to fail. */
export function injectedFailure(urn: string, asked: string | undefined): string | undefined {
  if (asked === undefined || asked === "" || !urn.endsWith(`::${asked}`)) return undefined;
  return `a failure that was asked for by ${FAILS_TO_CREATE}`;
}
