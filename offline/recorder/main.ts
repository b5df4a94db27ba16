import { writeFileSync } from "node:fs";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import {
  compare,
  decodeWireProperties,
  isBare,
  isCustom,
  type PlannedResource,
  type Properties,
} from "@hybrid-ai-fabric/graph";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { servePlugin } from "../serve";

type Request<T> = { request: T };
type Reply<T> = (error: null, response: T) => void;

/**
 * An analyzer without an opinion: it writes down every resource of the plan as the engine shows it to policies.
 * Packs get secrets in plain; here they are masked as they come off the wire, so that none can reach a file.
 */
function recorder(file: string): UntypedServiceImplementation {
  const inputs = new Map<string, Properties>();
  return {
    handshake: (_: unknown, reply: Reply<analyzer.AnalyzerHandshakeResponse>) =>
      reply(null, new analyzer.AnalyzerHandshakeResponse()),
    configureStack: (_: unknown, reply: Reply<analyzer.AnalyzerStackConfigureResponse>) =>
      reply(null, new analyzer.AnalyzerStackConfigureResponse()),
    getAnalyzerInfo: (_: unknown, reply: Reply<analyzer.AnalyzerInfo>) =>
      reply(
        null,
        new analyzer.AnalyzerInfo().setName("recorder").setVersion("1.0.0").setSupportsconfig(true),
      ),
    getPluginInfo: (_: unknown, reply: Reply<PluginInfo>) =>
      reply(null, new PluginInfo().setVersion("1.0.0")),
    configure: (_: unknown, reply: Reply<Empty>) => reply(null, new Empty()),
    cancel: (_: unknown, reply: Reply<Empty>) => reply(null, new Empty()),
    remediate: (_: unknown, reply: Reply<analyzer.RemediateResponse>) =>
      reply(null, new analyzer.RemediateResponse()),
    analyze: ({ request }: Request<analyzer.AnalyzeRequest>, reply: Reply<analyzer.AnalyzeResponse>) => {
      inputs.set(request.getUrn(), decode(request.getProperties()));
      reply(null, new analyzer.AnalyzeResponse());
    },
    analyzeStack: (
      { request }: Request<analyzer.AnalyzeStackRequest>,
      reply: Reply<analyzer.AnalyzeResponse>,
    ) => {
      const list = request.getResourcesList();
      const planned = new Set(list.map((resource) => resource.getUrn()));
      const resources = list.map((resource) => plannedResource(resource, inputs, planned));
      resources.sort((a, b) => compare(a.urn, b.urn));
      writeFileSync(file, JSON.stringify(resources));
      reply(null, new analyzer.AnalyzeResponse());
    },
  } as unknown as UntypedServiceImplementation;
}

function plannedResource(
  resource: analyzer.AnalyzerResource,
  inputs: ReadonlyMap<string, Properties>,
  planned: ReadonlySet<string>,
): PlannedResource {
  const urn = resource.getUrn();
  // As packs see it: what is only read, another stack say, is no resource of the plan.
  const inPlan = (urns: readonly string[]) => urns.filter((one) => planned.has(one)).sort(compare);
  const provider = resource.getProvider()?.getUrn();
  const parent = resource.getParent();
  const propertyDependencies = Object.fromEntries(
    [...resource.getPropertydependenciesMap().getEntryList()]
      .map(([property]) => property)
      .sort(compare)
      .map((property) => [
        property,
        inPlan(resource.getPropertydependenciesMap().get(property)?.getUrnsList() ?? []),
      ]),
  );
  return {
    urn,
    type: resource.getType(),
    name: resource.getName(),
    custom: isCustom(resource.getType(), provider || undefined),
    ...(parent ? { parent } : {}),
    ...(provider ? { provider } : {}),
    inputs: inputs.get(urn) ?? {},
    ...(isBare(inputs.get(urn)) ? { bare: true as const } : {}),
    outputs: decode(resource.getProperties()),
    dependencies: inPlan(resource.getDependenciesList()),
    propertyDependencies,
  };
}

function decode(struct: Struct | undefined): Properties {
  return decodeWireProperties((struct?.toJavaScript() ?? {}) as { [key: string]: unknown });
}

const [file = ""] = process.argv.slice(2);
void servePlugin([[AnalyzerService as never, recorder(file)]]);
