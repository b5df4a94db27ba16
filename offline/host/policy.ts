import {
  Client,
  credentials,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import language from "@pulumi/pulumi/proto/language_pb";
import { messageLimits, serve } from "../serve";
import { environmentOf, sdkScript, startNode } from "./child";

type PluginStream = ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>;
type Callback = (error: Error | null, response?: Buffer) => void;
type RawCall = { request: Buffer };

/**
 * Runs a policy pack. A pack reads stack and configuration from its environment, and the engine only sends them once
 * the plugin answers; so this answers first, starts the pack when the configuration is there, and hands calls on.
 */
export async function runPolicyPack(stream: PluginStream, directory: string, engine: string): Promise<void> {
  const { request } = stream;
  const pack = new PolicyPackProcess(stream, directory, request.getArgsList()[0] ?? engine);
  const { port } = await serve([[rawService(), forwarding(pack)]]);
  stream.on("cancelled", () => pack.stop());
  stream.write(new language.RunPluginResponse().setStdout(Buffer.from(`${port}\n`)));
}

class PolicyPackProcess {
  private started: Promise<Client> | undefined;
  private child: ReturnType<typeof startNode> | undefined;

  constructor(
    private readonly stream: PluginStream,
    private readonly directory: string,
    private readonly engine: string,
  ) {}

  client(configuration?: analyzer.AnalyzerStackConfigureRequest): Promise<Client> {
    this.started ??= this.start(configuration);
    return this.started;
  }

  stop(): void {
    this.child?.kill();
  }

  private start(configuration: analyzer.AnalyzerStackConfigureRequest | undefined): Promise<Client> {
    const child = startNode({
      script: sdkScript(this.directory, "run-policy-pack"),
      args: [this.engine, "."],
      directory: this.directory,
      environment: { ...stackEnvironment(configuration), ...environmentOf(this.stream.request.getEnvList()) },
    });
    this.child = child;
    child.stderr?.on("data", (data: Buffer) =>
      this.stream.write(new language.RunPluginResponse().setStderr(data)),
    );
    return new Promise((resolve, reject) => {
      let port: number | undefined;
      child.stdout?.on("data", (data: Buffer) => {
        if (port !== undefined) return this.stream.write(new language.RunPluginResponse().setStdout(data));
        port = Number.parseInt(data.toString(), 10);
        return resolve(new Client(`127.0.0.1:${port}`, credentials.createInsecure(), messageLimits));
      });
      child.on("error", reject);
      child.on("exit", (code) => {
        reject(new Error(`the policy pack ended with status ${code}`));
        this.stream.write(new language.RunPluginResponse().setExitcode(code ?? 1));
        this.stream.end();
      });
    });
  }
}

function stackEnvironment(configuration: analyzer.AnalyzerStackConfigureRequest | undefined): {
  [name: string]: string;
} {
  if (!configuration) return { PULUMI_CONFIG: "{}" };
  const map = configuration.getConfigMap();
  const values = Object.fromEntries(map.getEntryList().map(([key]) => [key, map.get(key) ?? ""]));
  const names = {
    ORGANIZATION: configuration.getOrganization(),
    PROJECT: configuration.getProject(),
    STACK: configuration.getStack(),
    DRY_RUN: String(configuration.getDryRun()),
  };
  const entries = Object.entries(names).filter(([, value]) => value !== "");
  return {
    PULUMI_CONFIG: JSON.stringify(values),
    ...Object.fromEntries(
      entries.flatMap(([name, value]) => [
        [`PULUMI_${name}`, value],
        [`PULUMI_NODEJS_${name}`, value],
      ]),
    ),
  };
}

/** Messages are handed on as bytes: nothing here needs to read them. */
function rawService() {
  const raw = (message: Buffer) => message;
  return Object.fromEntries(
    Object.entries(AnalyzerService).map(([name, method]) => [
      name,
      { ...method, requestDeserialize: raw, responseSerialize: raw },
    ]),
  ) as never;
}

function forwarding(pack: PolicyPackProcess): UntypedServiceImplementation {
  const raw = (message: Buffer) => message;
  const forward = (
    path: string,
    call: RawCall,
    callback: Callback,
    configuration?: analyzer.AnalyzerStackConfigureRequest,
  ) => {
    pack
      .client(configuration)
      .then((client) => client.makeUnaryRequest(path, raw, raw, call.request, callback), callback);
  };
  const handlers = Object.entries(AnalyzerService).map(([name, { path }]) => [
    name,
    (call: RawCall, callback: Callback) => forward(path, call, callback),
  ]);
  return {
    ...Object.fromEntries(handlers),
    handshake: (_: RawCall, callback: Callback) =>
      callback(null, Buffer.from(new analyzer.AnalyzerHandshakeResponse().serializeBinary())),
    configureStack: (call: RawCall, callback: Callback) => {
      const configuration = analyzer.AnalyzerStackConfigureRequest.deserializeBinary(call.request);
      forward(AnalyzerService.configureStack.path, call, callback, configuration);
    },
  } as never;
}
