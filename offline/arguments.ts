import { nearest } from "@hybrid-ai-fabric/locality";
import { WrongInput } from "./engine/failure";

/** What was asked for on the command line. */
export interface Arguments {
  environment: string;
  /** File for the plan; `-` for standard output. */
  json?: string;
  /** File with the settings of the packs. */
  policyConfig?: string;
  quiet: boolean;
}

const flags = ["--json", "--policy-config", "--quiet"];

export function parseArguments(args: readonly string[]): Arguments {
  const parsed: Arguments = { environment: "tokyo-dev", quiet: false };
  const rest = [...args];
  const names: string[] = [];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === "--quiet") parsed.quiet = true;
    else if (argument === "--json") parsed.json = valueFor(argument, rest);
    else if (argument === "--policy-config") parsed.policyConfig = valueFor(argument, rest);
    else if (argument.startsWith("-")) {
      const close = nearest(argument, flags, 1).join("");
      throw new WrongInput(
        `unknown flag ${argument}; the flags are ${flags.join(", ")}.${close ? ` Did you mean ${close}?` : ""}`,
      );
    } else names.push(argument);
  }
  if (names.length > 1) throw new WrongInput(`one environment at a time: ${names.join(", ")}`);
  return { ...parsed, environment: names[0] ?? parsed.environment };
}

function valueFor(flag: string, rest: string[]): string {
  const value = rest.shift();
  if (value === undefined || (value.startsWith("-") && value !== "-"))
    throw new WrongInput(`${flag} needs the path of a file`);
  return value;
}
