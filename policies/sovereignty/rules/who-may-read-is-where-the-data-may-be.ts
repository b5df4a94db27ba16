import {
  declaredProperties,
  type Finding,
  fromDeclaration,
  type Rule,
  shortName,
  type View,
} from "@hybrid-ai-fabric/graph";
import { ANYWHERE, allowedPlacesText, describePlace, isUnlimited, mayBeIn } from "@hybrid-ai-fabric/locality";
import { describePath, type Presence, presences } from "./arrivals";
import { type NamedReader, ownAccounts, readersOf } from "./principals";
import { isPolicyOfRole, rolesByPolicy } from "./roles";

export const readersAreInside: Rule = {
  id: "who-may-read-is-where-the-data-may-be",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "A policy, share or grant lets another account read what stays in its place: the data leaves with the reader.",
  remediation:
    "Let only accounts of this program read, or declare the account in settings.accounts with the places that it reads from (`readers` in settings.labels where a policy is computed).",
  evaluate: (view) => {
    const own = ownAccounts(view);
    const hidden: Presence[] = [];
    const found = presences(view).flatMap((presence): Finding[] => {
      const { row, resource } = presence.arrival.node;
      const { residency } = presence.dataset;
      if (!resource || !row || row.readers.length === 0 || isUnlimited(residency, "process")) return [];
      const declared = declaredReaders(view, presence);
      const named = declared ?? readersOf(resource, row.readers, declaredProperties(resource));
      if (named.some(({ reader }) => reader.kind === "unknown")) hidden.push(presence);
      return named.flatMap((one) => judgeReader(view, presence, one, own));
    });
    return [...found, ...throughRoles(view, own), ...tellHidden(view, hidden)];
  },
};

/** Who may take a role reads what its policies let it read. A trust that only creation will tell is told of nobody. */
function throughRoles(view: View, own: ReadonlySet<string>): Finding[] {
  const roles = rolesByPolicy(view);
  return presences(view).flatMap((presence) => {
    const { node, over } = presence.arrival;
    if (!isPolicyOfRole(node) || over === undefined || isUnlimited(presence.dataset.residency, "process"))
      return [];
    return (roles.get(node.urn) ?? []).flatMap((role) => {
      const declared = view.settings.labels.find((rule) => rule.readers && view.graph.matches(rule, role));
      if (declared) return [];
      return readersOf(role, ["assumeRolePolicy"], declaredProperties(role)).flatMap((one) =>
        judgeReader(view, presence, { ...one, property: `assumeRolePolicy of ${role.name}` }, own),
      );
    });
  });
}

/** Who keeps the settings may say who reads, where a policy is not known before creation. */
function declaredReaders(view: View, { arrival }: Presence): NamedReader[] | undefined {
  const { resource } = arrival.node;
  if (!resource) return undefined;
  const rules = view.settings.labels.filter((rule) => rule.readers && view.graph.matches(rule, resource));
  if (rules.length === 0) return undefined;
  return rules.flatMap(({ readers = [] }) =>
    readers.map((id) => ({ reader: { kind: "account", id }, property: "settings.labels.readers" }) as const),
  );
}

function judgeReader(
  view: View,
  presence: Presence,
  { reader, property }: NamedReader,
  own: ReadonlySet<string>,
): Finding[] {
  const { dataset, arrival } = presence;
  const { kinds, residency, name } = dataset;
  const path = [...presence.path, { urn: arrival.node.urn, property }];
  const found = { urn: arrival.node.urn, dataset: name, path };
  const what = `Dataset "${name}" may be read through ${shortName(arrival.node.urn)} by`;
  if (reader.kind === "unknown") return [];
  if (reader.kind === "anybody") {
    const { verdict } = mayBeIn(residency, "process", { country: ANYWHERE, operator: "aws" }, { kinds });
    if (verdict === "holds") return [];
    const broken = arrival.certain && verdict === "broken";
    return [
      {
        ...found,
        verdict: broken ? "broken" : "cannotBeShown",
        message: `${what} anybody; it may only be in ${allowedPlacesText(residency, "process")}. Path: ${describePath(path)}.`,
      },
    ];
  }
  if (own.has(reader.id)) return [];
  const account = view.settings.accounts[reader.id];
  const noun = reader.id.startsWith("o-") ? "organisation" : "account";
  if (!account?.places || account.expires < view.today)
    return [
      {
        ...found,
        verdict: "cannotBeShown",
        message: `${what} ${noun} ${reader.id}, and nothing shows where that is or that it is ours. Path: ${describePath(path)}.`,
      },
    ];
  const outside = account.places
    .flatMap((text) => fromDeclaration(text).places)
    .flatMap(({ place }) => {
      const verdict = mayBeIn(residency, "process", place, { kinds, today: view.today });
      return verdict.verdict === "holds" ? [] : [{ place, ...verdict }];
    });
  if (outside.length === 0) view.use(`account ${reader.id} (${account.owner}, until ${account.expires})`);
  return outside.map(({ place, verdict, reason }) => ({
    ...found,
    verdict: arrival.certain ? verdict : "cannotBeShown",
    message: `${what} ${noun} ${reader.id} of ${account.owner} in ${describePlace(place)}; it may only be in ${allowedPlacesText(residency, "process")}. ${reason} Path: ${describePath(path)}.`,
  }));
}

/** Most policies name what they belong to, so before its creation they are unknown whole: told once, refused where strict. */
function tellHidden(view: View, hidden: readonly Presence[]): Finding[] {
  const urns = [...new Set(hidden.map(({ arrival }) => arrival.node.urn))].sort();
  const [first] = urns;
  const presence = hidden.find(({ arrival }) => arrival.node.urn === first);
  if (first === undefined || !presence) return [];
  const names = urns.slice(0, 5).map(shortName).join(", ");
  const more = urns.length > 5 ? ` and ${urns.length - 5} more` : "";
  return [
    {
      verdict: "cannotBeShown",
      urn: first,
      level: view.settings.strict ? "mandatory" : "advisory",
      message: `Nothing shows before creation whom these let read labelled data: ${names}${more}. The state shows it after.`,
      path: presence.path,
      ...(urns.length === 1 ? { dataset: presence.dataset.name } : {}),
    },
  ];
}
