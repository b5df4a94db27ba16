import { asked, textAt } from "../interconnect";
import { leavesAt } from "../path";
import type { PlannedResource } from "../resource";
import { isRecord, isUnknown, type Value } from "../value";
import {
  type EfaTemplate,
  isEfa,
  readInterface,
  type TemplateInterface,
  type Training,
  tokens,
  typeOf,
} from "./clusters";

/**
 * Instances whose interfaces are resources of their own. While ids are unknown nothing shows which interface sits on
 * which card; of a plan in which all of them are of one kind it does not have to.
 */
export function bareInstances(training: Training): EfaTemplate[] {
  return training.all(tokens.instance).flatMap((resource): EfaTemplate[] => {
    const property = "networkInterfaces";
    const interfaces = leavesAt(resource.inputs, property).flatMap(({ path, value }) =>
      isRecord(value) && !isUnknown(value) ? [attached(resource, path, value, training)] : [],
    );
    const efa = interfaces.filter((entry) => isEfa(entry) || entry.kind === undefined);
    if (efa.length === 0) return [];
    return [{ resource, property, interfaces, efa, users: [resource], type: typeOf(resource, [resource]) }];
  });
}

function attached(
  instance: PlannedResource,
  path: string,
  properties: { [key: string]: Value },
  training: Training,
): TemplateInterface {
  const leaves = leavesAt(properties, "networkInterfaceId");
  const { resources } = training.namedBy(instance, leaves, "networkInterfaces", tokens.networkInterface);
  const kinds = new Set(
    resources.map((entry) => {
      const kind = textAt(entry, "interfaceType");
      if (kind.state === "hidden") return undefined;
      return kind.state === "known" ? kind.value : "interface";
    }),
  );
  // An interface of another stack may be of any kind; a plain instance is none of ours.
  const kind = kinds.size === 0 ? "interface" : kinds.size === 1 ? [...kinds][0] : undefined;
  const ends = resources.map((entry) => training.named(entry, "securityGroups[]", tokens.securityGroup));
  const groups = {
    resources: [...new Set(ends.flatMap((end) => end.resources))],
    outside: ends.flatMap((end) => end.outside),
    lost: ends.reduce((sum, { lost }) => sum + lost, 0),
    unknown: ends.reduce((sum, { unknown }) => sum + unknown, 0),
  };
  return { ...readInterface(path, properties, groups), kind };
}

/** Node classes of Karpenter that lay out interfaces themselves; it makes a launch template of them. */
export function nodeClasses(training: Training): EfaTemplate[] {
  return training.all(tokens.nodeClass).flatMap((resource): EfaTemplate[] => {
    const property = "spec.networkInterfaces";
    const ids = asked(resource, "spec.securityGroupSelectorTerms[].id");
    const groups = ids.length > 0 ? training.namedBy(resource, ids, "spec", tokens.securityGroup) : undefined;
    const interfaces = leavesAt(resource.inputs, property).flatMap(({ path, value }) =>
      isRecord(value) && !isUnknown(value) ? [readInterface(path, value, groups)] : [],
    );
    const efa = interfaces.filter(isEfa);
    return efa.length === 0 ? [] : [{ resource, property, interfaces, efa, users: [], type: undefined }];
  });
}
