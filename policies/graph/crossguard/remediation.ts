import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { catalogueRow } from "../catalogue";
import { isLabelled, labelsOnResource } from "../labels";
import { readProperties } from "../probe";
import { isCustom, type PlannedResource } from "../resource";
import { isRecord, isUnknown, type Properties, type Value } from "../value";

/**
 * Writes the labels of a component onto the stores below it. It changes what is created, so it is off until the
 * configuration of the pack says `{"labels-of-components-reach-their-stores": "remediate"}`, and it acts only where one
 * answer is possible: the component takes its labels as the input `labels`, all of them literal texts, and the store,
 * of a type with tags, carries none. Places are never changed: data would move unseen.
 */
export function labelRemediation(): ResourceValidationPolicy {
  const components = new Map<string, SeenComponent>();
  return {
    name: "labels-of-components-reach-their-stores",
    description: "Writes the labels that a component takes as its input `labels` onto the stores below it.",
    enforcementLevel: "disabled",
    remediateResource: (args) => {
      const properties = readProperties(args.props);
      if (!isCustom(args.type, args.provider?.urn)) {
        components.set(args.urn, { labels: properties.labels, parent: args.opts.parent });
        return undefined;
      }
      const labels = inherited(args.opts.parent, components);
      const added = labels && missingTags(args, properties, labels);
      if (!added) return undefined;
      // The SDK keeps secrets and unknowns of what it is given back, so only the tags are touched.
      args.props.tags = { ...tagsOf(properties), ...added };
      return args.props;
    },
  };
}

interface SeenComponent {
  labels: Value | undefined;
  parent: string | undefined;
}

/** Labels of the nearest component above that takes some; undefined where one of them is not known. */
function inherited(
  parent: string | undefined,
  components: ReadonlyMap<string, SeenComponent>,
): { [label: string]: string } | undefined {
  for (let urn = parent; urn !== undefined; ) {
    const component = components.get(urn);
    if (!component) return undefined;
    if (component.labels !== undefined && component.labels !== null) return literal(component.labels);
    urn = component.parent;
  }
  return undefined;
}

function literal(labels: Value): { [label: string]: string } | undefined {
  if (!isRecord(labels) || isUnknown(labels)) return undefined;
  const known = ["dataset", "classification", "kinds", "residency"].flatMap((label): [string, Value][] => {
    const value = labels[label];
    return value === undefined || value === null ? [] : [[label, value]];
  });
  if (known.length === 0 || known.some(([, value]) => typeof value !== "string")) return undefined;
  return Object.fromEntries(known.map(([label, value]) => [label, String(value)]));
}

/** The tags that a store lacks; undefined where it needs none, or where nothing shows which it has. */
function missingTags(
  { type, urn, provider: managedBy }: ResourceValidationArgs,
  properties: Properties,
  labels: { [label: string]: string },
): { [tag: string]: string } | undefined {
  const row = catalogueRow(type);
  if (row?.role !== "store" || row.tags !== "tags" || !type.startsWith("aws:")) return undefined;
  const provider = managedBy && asPlanned(managedBy.urn, managedBy.type, readProperties(managedBy.props));
  const store = asPlanned(urn, type, properties, provider?.urn);
  const own = labelsOnResource(store, row, provider);
  const { tags } = properties;
  const readable =
    tags === undefined || tags === null || (isRecord(tags) && !Object.values(tags).some(isOpaque));
  if (own.unreadable.length > 0 || isLabelled(own.labels) || !readable) return undefined;
  return Object.fromEntries(Object.entries(labels).map(([label, value]) => [`hybrid-ai:${label}`, value]));
}

function asPlanned(urn: string, type: string, inputs: Properties, provider?: string): PlannedResource {
  const bare = { urn, type, name: "", custom: true, dependencies: [], propertyDependencies: {} };
  return { ...bare, inputs, outputs: {}, ...(provider === undefined ? {} : { provider }) };
}

/** Tags that are not plain texts would be lost when they are written back. */
function isOpaque(value: Value): boolean {
  return typeof value !== "string";
}

function tagsOf({ tags }: Properties): { [tag: string]: Value } {
  return isRecord(tags) ? tags : {};
}
