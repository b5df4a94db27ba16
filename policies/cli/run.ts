import { nearest } from "@hybrid-ai-fabric/locality";
import { CouldNotRun, WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { check, checkUsage } from "./check";
import { differ, diffUsage } from "./diff";
import { explainer, explainUsage } from "./explain";
import { skipLister, skipListUsage } from "./skip-list";
import { exitStatus, type Terminal } from "./terminal";

type Command = (args: readonly string[], terminal: Terminal) => number | Promise<number>;

const commands: { [name: string]: { run: Command; usage: string } | undefined } = {
  check: { run: check, usage: checkUsage },
  explain: { run: explainer, usage: explainUsage },
  diff: { run: differ, usage: diffUsage },
  "skip-list": { run: skipLister, usage: skipListUsage },
};

/** `hybrid-ai-fabric <command>`. Returns the exit status; whatever is wrong is told in one message. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "--help", ...rest] = args;
  try {
    if (["--help", "-h", "help"].includes(name) || rest.includes("--help")) {
      const one = commands[name];
      terminal.print(one ? `${one.usage}\n` : usage());
      return exitStatus.holds;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new WrongInput(unknownCommand(name));
    return await command.run(rest, terminal);
  } catch (error) {
    if (error instanceof WrongInput) {
      terminal.complain(error.message);
      return exitStatus.wrongInput;
    }
    terminal.complain(error instanceof CouldNotRun ? error.message : String((error as Error).stack));
    return exitStatus.couldNotRun;
  }
}

function unknownCommand(name: string): string {
  const known = Object.keys(commands);
  const [close] = nearest(name, known, 1);
  return `unknown command ${name}; the commands are ${known.join(", ")}.${close ? ` Did you mean ${close}?` : ""}`;
}

function usage(): string {
  return [
    "hybrid-ai-fabric: where can the data of a plan end up, and may it be there?",
    "",
    ...Object.values(commands).map((command) => command?.usage ?? ""),
    "",
    "Exit status: 0 nothing mandatory is broken; 1 refused by a policy; 2 the input is wrong; 3 it could not run.",
    "",
  ].join("\n");
}
