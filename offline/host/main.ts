import type { ServerWritableStream, UntypedServiceImplementation } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import language from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { servePlugin } from "../serve";
import { runPlugin } from "./plugin";
import { runProgram } from "./program";

type Reply<T> = (error: Error | null, response?: T) => void;

/**
 * A language host for Node, for an engine that came without one: it runs programs and policy packs, and knows nothing
 * of installing, because set-up has done that.
 */
function languageHost(address: string, version: string): UntypedServiceImplementation {
  let engine = address;
  const answer =
    <T>(make: () => T) =>
    (_: unknown, reply: Reply<T>) =>
      reply(null, make());
  return {
    handshake: (
      { request }: { request: language.LanguageHandshakeRequest },
      reply: Reply<language.LanguageHandshakeResponse>,
    ) => {
      engine = request.getEngineAddress() || engine;
      reply(null, new language.LanguageHandshakeResponse());
    },
    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
    getRequiredPlugins: answer(() => new language.GetRequiredPluginsResponse()),
    getRequiredPackages: answer(() => new language.GetRequiredPackagesResponse()),
    getProgramDependencies: answer(() => new language.GetProgramDependenciesResponse()),
    about: answer(() =>
      new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
    ),
    runtimeOptionsPrompts: answer(() => new language.RuntimeOptionsResponse()),
    cancel: answer(() => new Empty()),
    installDependencies: (stream: ServerWritableStream<unknown, unknown>) => stream.end(),
    run: ({ request }: { request: language.RunRequest }, reply: Reply<language.RunResponse>) => {
      runProgram(request, engine).then((response) => reply(null, response), reply);
    },
    runPlugin: (stream: ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>) => {
      runPlugin(stream, engine).catch((error: Error) => stream.destroy(error));
    },
  } as unknown as UntypedServiceImplementation;
}

const [version = "", ...rest] = process.argv.slice(2);
const engineAddress = rest.filter((argument) => !argument.startsWith("-")).at(-1) ?? "";
void servePlugin([[LanguageRuntimeService, languageHost(engineAddress, version)]]);
