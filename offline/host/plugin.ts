import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb";
import { environmentOf, sdkScript, startNode } from "./child";
import { runPolicyPack } from "./policy";

type PluginStream = ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>;

/** Runs a plugin that is written for Node: a policy pack, or a provider of components. */
export async function runPlugin(stream: PluginStream, engine: string): Promise<void> {
  const { request } = stream;
  const directory = request.getInfo()?.getProgramDirectory() || request.getProgram() || request.getPwd();
  if (request.getKind() === "analyzer") return runPolicyPack(stream, directory, engine);
  const child = startNode({
    script: sdkScript(directory, "run-plugin"),
    args: [directory, ...request.getArgsList()],
    directory: request.getPwd(),
    environment: environmentOf(request.getEnvList()),
  });
  child.stdout?.on("data", (data: Buffer) => stream.write(new language.RunPluginResponse().setStdout(data)));
  child.stderr?.on("data", (data: Buffer) => stream.write(new language.RunPluginResponse().setStderr(data)));
  child.on("exit", (code) => {
    stream.write(new language.RunPluginResponse().setExitcode(code ?? 1));
    stream.end();
  });
  stream.on("cancelled", () => child.kill());
}
