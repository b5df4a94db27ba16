import { join } from "node:path";
import { UNKNOWN_ARGUMENT, UNKNOWN_TEXT } from "../standin/lookups";
import { programSdk } from "./program-sdk";

/**
 * Loaded into the process of a program before it starts (`node --require`). The engine lets no provider answer a lookup
 * with an unknown, so stand-ins answer with a text in its place, which becomes an unknown here.
 *
 * Only in Output form: a plain lookup (`await aws.ec2.getVpc()`) hands the program a value that it may compare, and a
 * comparison with an unknown would silently take one branch of it. There an unknown cannot be read.
 */
type Lookup<Answer> = (token: string, args: object, ...rest: unknown[]) => Answer;

interface Sdk {
  invoke: Lookup<Promise<unknown>>;
  invokeSingle: Lookup<Promise<unknown>>;
  invokeOutput: Lookup<Output>;
  invokeSingleOutput: Lookup<Output>;
}

interface Output {
  apply(change: (answer: unknown) => unknown): Output;
}

const sdk = programSdk();
if (sdk !== undefined) answerUnknowns(sdk);

function answerUnknowns(sdk: string): void {
  const runtime = require(join(sdk, "runtime", "invoke")) as Sdk;
  const { unknown } = require(join(sdk, "output")) as { unknown: unknown };
  const { invoke, invokeSingle, invokeOutput, invokeSingleOutput } = { ...runtime };
  const asking = (args: object) => ({ ...args, [UNKNOWN_ARGUMENT]: UNKNOWN_TEXT });
  const later = (answer: unknown) => replaced(answer, () => unknown);
  runtime.invokeOutput = (token, args, ...rest) => invokeOutput(token, asking(args), ...rest).apply(later);
  runtime.invokeSingleOutput = (token, args, ...rest) =>
    invokeSingleOutput(token, asking(args), ...rest).apply(later);
  runtime.invoke = async (token, args, ...rest) =>
    unreadable(await invoke(token, asking(args), ...rest), token);
  runtime.invokeSingle = async (token, args, ...rest) =>
    replaced(await invokeSingle(token, asking(args), ...rest), () => {
      throw unanswered(token, "the answer");
    });
}

function replaced(answer: unknown, unknown: () => unknown): unknown {
  if (answer === UNKNOWN_TEXT) return unknown();
  if (typeof answer !== "object" || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([field, value]) => [field, value === UNKNOWN_TEXT ? unknown() : value]),
  );
}

function unreadable(answer: unknown, token: string): unknown {
  if (typeof answer !== "object" || answer === null) return answer;
  for (const [field, value] of Object.entries(answer)) {
    if (value !== UNKNOWN_TEXT) continue;
    const get = () => {
      throw unanswered(token, field);
    };
    Object.defineProperty(answer, field, { get, enumerable: true });
  }
  return answer;
}

function unanswered(token: string, field: string): Error {
  const name = token.split(":").at(-1) ?? token;
  return new Error(
    `${field} of ${name} is not known without a cloud: providers are stood in for. Look it up by ${name}Output, whose answer may stay unknown in a preview, or take it from the configuration of the stack.`,
  );
}
