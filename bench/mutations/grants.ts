import { catalogueRows, type PlannedResource, unknownValue, type Value } from "@hybrid-ai-fabric/graph";
import { beside } from "./additions";
import { grantLinks } from "./links";
import type { Holder, Mutation } from "./mutation";
import { changed } from "./plan-edits";
import { settled } from "./standing";

/** An account that no settings know. */
export const STRANGER = "444455556666";

/** Somebody else may read what holds data: by its own policy, or by a grant, a share or a permission that is added. */
export function grants(plan: readonly PlannedResource[], holder: Holder): Mutation[] {
  const { resource, row } = holder;
  const own = row.readers.flatMap((path) =>
    both("reader", `${resource.name} ${path}`, path, (value) => changed(plan, resource, { path, value })),
  );
  const added = catalogueRows().flatMap((granting) =>
    granting.readers.flatMap((path) =>
      grantLinks(granting, holder)
        .filter((link) => link.path !== path)
        .flatMap((link) =>
          both("grant", `${granting.type} of ${resource.name} by ${link.path} to ${path}`, path, (value) => [
            ...plan,
            beside(plan, holder, granting, [
              link,
              ...settled(granting, path, holder.region),
              { path, value },
            ]),
          ]),
        ),
    ),
  );
  return [...own, ...added];
}

/** Before creation most policies are unknown whole, so that only strict mode refuses an unknown one. */
function both(
  kind: string,
  what: string,
  path: string,
  make: (value: Value) => PlannedResource[],
): Mutation[] {
  return [
    { kind: `${kind}, known`, what, make: () => make(stranger(path)) },
    { kind: `${kind}, unknown (strict)`, what, make: () => make(unknownValue), strict: true },
  ];
}

/** How a property names somebody else: a whole policy, everybody, an organisation or an account. */
function stranger(path: string): string {
  if (/polic(y|ies)$/i.test(path)) {
    const statement = {
      Effect: "Allow",
      Action: "*",
      Resource: "*",
      Principal: { AWS: `arn:aws:iam::${STRANGER}:root` },
    };
    return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  }
  if (path === "group") return "all";
  if (path.startsWith("organization")) return `arn:aws:organizations::${STRANGER}:organization/o-abcdefghij`;
  return STRANGER;
}
