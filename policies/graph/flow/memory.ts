import type { PlannedResource } from "../resource";
import type { DataNode, FlowEdge } from "./node";
import type { PlanIndex } from "./plan-index";

/** What one resource adds to the graph beside its own node: the nodes of what it names outside the plan, and its flows. */
export interface Declared {
  named: readonly DataNode[];
  flows: readonly FlowEdge[];
}

/**
 * What was worked out for the resources of one plan, for plans that differ from it in little. It is taken over where
 * every look-up that it rests on has the same answer in the other plan, and worked out anew where one has not.
 */
export class Memory {
  readonly nodes = new Remembered<DataNode>("node");
  readonly declared = new Remembered<Declared>("flows");

  /** From now on things are only taken over: those of later plans would push out those of the first. */
  close(): void {
    this.nodes.close();
    this.declared.close();
  }
}

class Remembered<T> {
  private readonly known = new Map<PlannedResource, { what: T; reads: readonly Read[] }>();
  private closed = false;

  constructor(private readonly kind: string) {}

  close(): void {
    this.closed = true;
  }

  take(resource: PlannedResource, index: PlanIndex, trace: Trace, workOut: () => T): T {
    const before = this.known.get(resource);
    if (before?.reads.every((read) => isSame(read, index))) return before.what;
    if (this.closed) return workOut();
    const name = `${this.kind} ${resource.urn}`;
    const what = trace.during(name, workOut);
    const reads = trace.readsOf(name);
    if (reads) this.known.set(resource, { what, reads });
    return what;
  }
}

type Lookup = "urn" | "identity" | "tag";
type Answer = PlannedResource | readonly PlannedResource[] | undefined;

interface Read {
  lookup: Lookup;
  key: string;
  answer: Answer;
}

function isSame({ lookup, key, answer }: Read, index: PlanIndex): boolean {
  const now = look(lookup, key, index);
  if (now === answer) return true;
  if (!isList(now) || !isList(answer) || now.length !== answer.length) return false;
  return now.every((resource, position) => resource === answer[position]);
}

function look(lookup: Lookup, key: string, index: PlanIndex): Answer {
  switch (lookup) {
    case "urn":
      return index.byUrn(key);
    case "identity":
      return index.byIdentity(key);
    case "tag":
      return index.byTag(key);
  }
}

function isList(answer: Answer): answer is readonly PlannedResource[] {
  return Array.isArray(answer);
}

/** Notes every look-up that something rests on, also those of places that were read before and are only repeated. */
export class Trace {
  private readonly open: { reads: Map<string, Read>; spoiled: boolean }[] = [];
  private readonly closed = new Map<string, readonly Read[] | "spoiled">();

  note(lookup: Lookup, key: string, answer: Answer): void {
    this.open.at(-1)?.reads.set(`${lookup} ${key}`, { lookup, key, answer });
  }

  /** Runs what is asked about one resource; its look-ups are also those of whoever asked for it. */
  during<T>(name: string, work: () => T): T {
    const own = { reads: new Map<string, Read>(), spoiled: false };
    this.open.push(own);
    const result = work();
    this.open.pop();
    this.closed.set(name, own.spoiled ? "spoiled" : [...own.reads.values()]);
    this.repeat(name);
    return result;
  }

  /** Something that was read before; what is still being read rests on who asked first, which no look-up tells. */
  repeat(name: string): void {
    const reads = this.closed.get(name);
    if (reads === undefined || reads === "spoiled") this.spoil();
    else for (const { lookup, key, answer } of reads) this.note(lookup, key, answer);
  }

  /** Nothing that is being worked out can be taken over. */
  spoil(): void {
    for (const reading of this.open) reading.spoiled = true;
  }

  readsOf(name: string): readonly Read[] | undefined {
    const reads = this.closed.get(name);
    return reads === "spoiled" ? undefined : reads;
  }
}
