import { nearest } from "@hybrid-ai-fabric/locality";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";

/** Flags of a command: whether each takes a value, a list of values, or none. */
export type Flags = { readonly [flag: string]: "value" | "list" | "switch" };

export interface Parsed {
  /** What is no flag, in order. */
  operands: string[];
  values: { [flag: string]: string | undefined };
  lists: { [flag: string]: string[] | undefined };
  switches: Set<string>;
}

/** Reads the words after a command. A flag that does not exist, or lacks its value, is the user's mistake. */
export function parseFlags(args: readonly string[], flags: Flags): Parsed {
  const parsed: Parsed = { operands: [], values: {}, lists: {}, switches: new Set() };
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith("-") || word === "-") {
      parsed.operands.push(word);
      continue;
    }
    const [flag = word, inline] = splitOnce(word);
    const kind = Object.hasOwn(flags, flag) ? flags[flag] : undefined;
    if (kind === undefined) throw new WrongInput(unknownFlag(flag, flags));
    if (kind === "switch") {
      parsed.switches.add(flag);
      continue;
    }
    const value = inline ?? rest.shift();
    if (value === undefined || (value.startsWith("-") && value !== "-"))
      throw new WrongInput(`${flag} needs a value`);
    if (kind === "list") parsed.lists[flag] = [...(parsed.lists[flag] ?? []), value];
    else if (parsed.values[flag] !== undefined) throw new WrongInput(`${flag} is given twice`);
    else parsed.values[flag] = value;
  }
  return parsed;
}

/** `--flag=value` as well as `--flag value`. */
function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function unknownFlag(flag: string, flags: Flags): string {
  const known = Object.keys(flags);
  const [close] = nearest(flag, known, 1);
  return `unknown flag ${flag}; the flags are ${known.join(", ")}.${close ? ` Did you mean ${close}?` : ""}`;
}
