import { buildWithGo } from "./go";

const MODULE = "github.com/pulumi/pulumi";

/** A Go module of its own that requires the engine: `go install` refuses it, because it replaces modules. */
export function engineModule(version: string): { [file: string]: string } {
  return {
    "go.mod": `module engine\n\ngo 1.25.11\n\nrequire (\n\t${MODULE}/pkg/v3 v${version}\n\t${MODULE}/sdk/v3 v${version}\n)\n`,
    "tools.go": `//go:build tools\n\npackage tools\n\nimport _ "${MODULE}/pkg/v3/cmd/pulumi"\n`,
  };
}

/** The Automation API and the plugin checks refuse an engine without a version, so the linker sets it. */
export function buildArguments(version: string, output: string): string[] {
  const flags = `-s -w -X ${MODULE}/sdk/v3/go/common/version.Version=v${version}`;
  return ["build", "-ldflags", flags, "-o", output, `${MODULE}/pkg/v3/cmd/pulumi`];
}

/** Builds the engine from its Go module, once per version: about four minutes on two cores. */
export async function buildEngine(version: string, destination: string): Promise<string> {
  return buildWithGo(
    {
      title: "The engine",
      withoutGo:
        "No Pulumi engine was found, none could be downloaded, and there is no Go to build one. Install Pulumi >= 3.255.0.",
      files: engineModule(version),
      arguments: (output) => buildArguments(version, output),
    },
    destination,
  );
}
