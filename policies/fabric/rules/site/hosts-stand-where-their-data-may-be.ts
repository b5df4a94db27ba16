import { type Finding, isUnknown, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { isUnlimited, mayBeIn, residencyTerms } from "@hybrid-ai-fabric/locality";
import { broken, inDoubt, notKnown } from "./findings";
import { fieldOf, type Manifest, ofKind, textOf } from "./manifests";

/** Labels of a host that say its country: ours, and those that fleets of Metal3 use. */
const COUNTRY_LABELS = ["hybrid-ai/country", "country", "topology.kubernetes.io/country"];

export const hostsStand: Rule = {
  id: "hosts-stand-where-their-data-may-be",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A host that is annotated with data says its country, and the residency of the data allows it. What it leaves on its disks is told as well: Metal3 erases nothing.",
  remediation:
    "Label the host with hybrid-ai/country, and erase its disks yourself before it leaves the site.",
  evaluate: (view) => ofKind(view, "BareMetalHost", "Node").flatMap((host) => judge(view, host)),
};

function judge(view: View, host: Manifest): Finding[] {
  const annotations = fieldOf(host.properties, "metadata", "annotations");
  if (isUnknown(annotations)) return [notKnown(host, "metadata.annotations")];
  const hidden = ["dataset", "residency", "kinds"].find((key) =>
    isUnknown(fieldOf(annotations, `hybrid-ai/${key}`)),
  );
  if (hidden !== undefined) return [notKnown(host, `metadata.annotations["hybrid-ai/${hidden}"]`)];
  const { terms, kinds } = termsOf(view, host);
  if (terms.length === 0) return [];
  if (isUnlimited(terms, "process")) return [];
  const country = countryOf(host);
  const property = "metadata.labels";
  if (country === undefined)
    return [
      inDoubt(host, property, `no label says its country, but its data may only be in ${terms.join(" ")}.`),
    ];
  const verdict = mayBeIn(terms, "process", { country, operator: "self" }, { kinds });
  const place =
    verdict.verdict === "holds"
      ? []
      : [broken(host, property, `it stands in ${country}: ${verdict.reason}.`)];
  // A node says nothing of what happens to its disks.
  if (host.kind === "Node") return place;
  const erased = fieldOf(host.properties, "spec", "automatedCleaningMode") ?? "metadata";
  return [
    ...place,
    broken(
      host,
      "spec.automatedCleaningMode",
      `${String(erased)} leaves the data on the disks when the host is given up.`,
      "advisory",
    ),
  ];
}

/** Residency from the registry where the dataset is in it, else from the annotation. */
function termsOf(view: View, host: Manifest): { terms: string[]; kinds: string[] } {
  const read = (key: string) =>
    residencyTerms(textOf(fieldOf(host.properties, "metadata", "annotations", `hybrid-ai/${key}`)) ?? "");
  const registered = read("dataset").flatMap((name) => view.datasets.get(name) ?? []);
  const terms = registered.flatMap(({ residency }) => residency);
  return {
    terms: [...new Set(terms.length > 0 ? terms : read("residency"))].sort(),
    kinds: [...registered.flatMap(({ kinds }) => kinds), ...read("kinds")],
  };
}

function countryOf(host: Manifest): string | undefined {
  return COUNTRY_LABELS.map((label) => textOf(fieldOf(host.properties, "metadata", "labels", label))).find(
    (country) => country !== undefined,
  );
}
