import { nearest } from "@hybrid-ai-fabric/locality";
import { type ReportFiles, STANDARD_OUTPUT } from "@hybrid-ai-fabric/report";
import { WrongInput } from "./engine/failure";
import type { Unset } from "./standin/provider";

/** What was asked for on the command line. */
export interface Arguments {
  environment: string;
  /** Files for the plan and its reports; `-` for standard output. */
  reports: ReportFiles;
  /** Folder for the page that people look at, with its map and the plan that the next page is compared with. */
  page?: string;
  /** File with the settings of the packs. */
  policyConfig?: string;
  /** What stand-ins say of a value that the program leaves out and a provider fills in. */
  unset: Unset;
  quiet: boolean;
  /** Configurations of stacks that this one reads, in the order in which they are brought up on stand-ins first. */
  after: string[];
}

const reportFlags: { [flag: string]: keyof ReportFiles | undefined } = {
  "--json": "json",
  "--sarif": "sarif",
  "--junit": "junit",
  "--evidence": "evidence",
};
const unsetValues: readonly Unset[] = ["unknown", "known", "absent"];
const flags = [...Object.keys(reportFlags), "--report", "--policy-config", "--unset", "--after", "--quiet"];

export function parseArguments(args: readonly string[]): Arguments {
  const parsed: Arguments = {
    environment: "tokyo-dev",
    reports: {},
    unset: "unknown",
    quiet: false,
    after: [],
  };
  const rest = [...args];
  const names: string[] = [];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const report = reportFlags[argument];
    if (argument === "--quiet") parsed.quiet = true;
    else if (report) parsed.reports[report] = valueFor(argument, rest);
    else if (argument === "--report") parsed.page = valueFor(argument, rest, "a folder");
    else if (argument === "--after") parsed.after.push(valueFor(argument, rest));
    else if (argument === "--policy-config") parsed.policyConfig = valueFor(argument, rest);
    else if (argument === "--unset") parsed.unset = unsetFrom(rest.shift());
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

function unsetFrom(value: string | undefined): Unset {
  const unset = unsetValues.find((legal) => legal === value);
  if (unset === undefined)
    throw new WrongInput(`--unset ${value ?? ""}: it must be one of ${unsetValues.join(", ")}`);
  return unset;
}

function valueFor(flag: string, rest: string[], what = "a file"): string {
  const value = rest.shift();
  if (value === undefined || (value.startsWith("-") && value !== STANDARD_OUTPUT))
    throw new WrongInput(`${flag} needs the path of ${what}`);
  return value;
}
