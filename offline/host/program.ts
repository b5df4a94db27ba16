import language from "@pulumi/pulumi/proto/language_pb";
import { sdkScript, startNode } from "./child";

/** Exit status by which the SDK says that the program failed and told why already. */
const BAILED = 32;

/** Runs a Pulumi program to its end. */
export function runProgram(request: language.RunRequest, engine: string): Promise<language.RunResponse> {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const child = startNode({
    script: sdkScript(directory, "run"),
    args: [
      ...runArguments(request, engine),
      info?.getEntryPoint() || request.getProgram() || ".",
      ...request.getArgsList(),
    ],
    directory: request.getPwd(),
    environment: {
      ...typescriptOptions((info?.getOptions()?.toJavaScript() ?? {}) as { [option: string]: unknown }),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(entriesOf(request))),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      const response = new language.RunResponse();
      if (code === BAILED) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with status ${code}`);
      resolve(response);
    });
  });
}

function runArguments(request: language.RunRequest, engine: string): string[] {
  const root = request.getInfo()?.getRootDirectory();
  return [
    ...["--monitor", request.getMonitorAddress(), "--engine", engine],
    ...["--project", request.getProject(), "--stack", request.getStack(), "--pwd", request.getPwd()],
    ...["--parallel", String(request.getParallel())],
    ...(request.getOrganization() ? ["--organization", request.getOrganization()] : []),
    ...(root ? ["--root-directory", root] : []),
    ...(request.getDryrun() ? ["--dry-run"] : []),
  ];
}

function entriesOf(request: language.RunRequest): [string, string][] {
  const map = request.getConfigMap();
  return map.getEntryList().map(([key]) => [key, map.get(key) ?? ""]);
}

function typescriptOptions(options: { [option: string]: unknown }): { [name: string]: string } {
  const environment: { [name: string]: string } = {
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript ?? true),
  };
  if (typeof options.tsconfig === "string") environment.PULUMI_NODEJS_TSCONFIG_PATH = options.tsconfig;
  return environment;
}
