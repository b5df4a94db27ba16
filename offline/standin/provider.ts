import { createHash } from "node:crypto";
import { status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { UNKNOWN_SENTINELS } from "@hybrid-ai-fabric/graph";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { sdksOf } from "../sdks";
import { membersOf } from "./declarations";
import { FAILS_TO_CREATE, injectedFailure } from "./injected-failure";
import { JOURNAL, note } from "./journal";
import { knownValue } from "./known";
import { lookedUp } from "./lookups";
import { replacedFor } from "./replacing";
import { REPORTS, readReports, reported } from "./reports";
import { problemsOf, readShape, type Shape } from "./shape";

type Properties = { [property: string]: unknown };
type Request<T> = { request: T };
type Reply<T> = (error: { code: number; message: string } | null, response?: T) => void;

const UNKNOWN = UNKNOWN_SENTINELS[2];

/** What a stand-in says of a value that the program left out and a real provider would fill in. */
export type Unset = "unknown" | "known" | "absent";

/**
 * A stand-in for a resource provider: inputs come back as outputs, what a provider computes is unknown at preview.
 * It is strict about names, because a stand-in that lets a typing error pass shows a plan that no provider accepts.
 */
export function standInProvider(
  plugin: string,
  version: string,
  projectDirectories: readonly string[],
  unset: Unset = "unknown",
): UntypedServiceImplementation {
  let packageName = plugin;
  let configuration: Properties = {};
  const reports = readReports(process.env[REPORTS]);
  const directories = new Map(
    projectDirectories
      .flatMap(sdksOf)
      .reverse()
      .map((sdk) => [sdk.package, sdk.directory]),
  );
  const shapes = new Map<string, Shape | undefined>();
  const shapeOf = (type: string): Shape | undefined => {
    if (!shapes.has(type)) {
      const directory = directories.get(packageName);
      shapes.set(type, directory === undefined ? undefined : readShape(directory, type));
    }
    return shapes.get(type);
  };
  /** `id` is absent at preview, when nothing exists. */
  const outputsOf = (urn: string, inputs: Properties, id?: string): Properties => {
    const preview = id === undefined;
    const shape = shapeOf(typeOf(urn));
    const computed = (shape?.computed ?? []).map((property) => [
      property,
      preview ? UNKNOWN : computedValue(id, property),
    ]);
    const region =
      shape?.inputs.has("region") && configuration.region !== undefined
        ? { region: configuration.region }
        : {};
    const around = {
      urn,
      region: String(inputs.region ?? configuration.region ?? UNKNOWN),
      membersOf: (type: string) => membersOf(directories.get(packageName) ?? "", type),
    };
    const filledIn = [...(shape?.filledIn ?? [])].flatMap(([property, declared]) => {
      if (unset === "known") return [[property, knownValue(property, declared, around)]];
      if (preview) return unset === "unknown" ? [[property, UNKNOWN]] : [];
      return declared.type === "string" ? [[property, computedValue(id, property)]] : [];
    });
    const outputs = { ...Object.fromEntries([...filledIn, ...computed]), ...region, ...inputs };
    return preview ? outputs : reported(urn, outputs, reports);
  };
  return {
    getPluginInfo: (_: unknown, reply: Reply<PluginInfo>) =>
      reply(null, new PluginInfo().setVersion(version)),
    handshake: (_: unknown, reply: Reply<never>) =>
      reply({ code: status.UNIMPLEMENTED, message: "no handshake" }),
    getSchema: (_: unknown, reply: Reply<provider.GetSchemaResponse>) =>
      reply(null, new provider.GetSchemaResponse().setSchema(JSON.stringify({ name: packageName, version }))),
    parameterize: (
      { request }: Request<provider.ParameterizeRequest>,
      reply: Reply<provider.ParameterizeResponse>,
    ) => {
      const value = request.getValue();
      if (!value)
        return reply({
          code: status.INVALID_ARGUMENT,
          message: "a stand-in takes the parameters of an SDK only",
        });
      packageName = value.getName();
      reply(null, new provider.ParameterizeResponse().setName(packageName).setVersion(value.getVersion()));
    },
    checkConfig: ({ request }: Request<provider.CheckRequest>, reply: Reply<provider.CheckResponse>) =>
      reply(null, new provider.CheckResponse().setInputs(request.getNews())),
    diffConfig: (_: unknown, reply: Reply<provider.DiffResponse>) => reply(null, unchanged()),
    configure: (
      { request }: Request<provider.ConfigureRequest>,
      reply: Reply<provider.ConfigureResponse>,
    ) => {
      configuration = propertiesOf(request.getArgs());
      reply(
        null,
        new provider.ConfigureResponse()
          .setAcceptsecrets(true)
          .setSupportspreview(true)
          .setAcceptresources(true),
      );
    },
    check: ({ request }: Request<provider.CheckRequest>, reply: Reply<provider.CheckResponse>) => {
      const type = typeOf(request.getUrn());
      const shape = shapeOf(type);
      const problems = shape
        ? problemsOf(shape, propertiesOf(request.getNews()))
        : [{ property: "", reason: `the SDK of ${packageName} holds no type ${type}` }];
      const failures = problems.map(({ property, reason }) =>
        new provider.CheckFailure().setProperty(property).setReason(reason),
      );
      reply(null, new provider.CheckResponse().setInputs(request.getNews()).setFailuresList(failures));
    },
    diff: ({ request }: Request<provider.DiffRequest>, reply: Reply<provider.DiffResponse>) => {
      const changed = changedProperties(
        propertiesOf(request.getOldInputs()),
        propertiesOf(request.getNews()),
      );
      reply(
        null,
        changed.length === 0
          ? unchanged()
          : unchanged()
              .setChanges(provider.DiffResponse.DiffChanges.DIFF_SOME)
              .setDiffsList(changed)
              .setReplacesList(replacedFor(typeOf(request.getUrn()), changed)),
      );
    },
    create: ({ request }: Request<provider.CreateRequest>, reply: Reply<provider.CreateResponse>) => {
      const preview = request.getPreview();
      const failure = preview ? undefined : injectedFailure(request.getUrn(), process.env[FAILS_TO_CREATE]);
      if (failure !== undefined) return reply({ code: status.INTERNAL, message: failure });
      const inputs = propertiesOf(request.getProperties());
      const id = preview ? undefined : idOf(request.getUrn(), inputs);
      const response = new provider.CreateResponse().setProperties(
        structOf(outputsOf(request.getUrn(), inputs, id)),
      );
      if (id === undefined) return reply(null, response);
      note(process.env[JOURNAL], { did: "create", urn: request.getUrn(), id });
      reply(null, response.setId(id));
    },
    update: ({ request }: Request<provider.UpdateRequest>, reply: Reply<provider.UpdateResponse>) => {
      const id = request.getPreview() ? undefined : request.getId();
      if (id !== undefined) note(process.env[JOURNAL], { did: "update", urn: request.getUrn(), id });
      const outputs = outputsOf(request.getUrn(), propertiesOf(request.getNews()), id);
      reply(null, new provider.UpdateResponse().setProperties(structOf(outputs)));
    },
    read: ({ request }: Request<provider.ReadRequest>, reply: Reply<provider.ReadResponse>) =>
      reply(
        null,
        new provider.ReadResponse()
          .setId(request.getId())
          .setProperties(structOf(reported(request.getUrn(), propertiesOf(request.getProperties()), reports)))
          .setInputs(request.getInputs()),
      ),
    delete: ({ request }: Request<provider.DeleteRequest>, reply: Reply<Empty>) => {
      note(process.env[JOURNAL], { did: "delete", urn: request.getUrn(), id: request.getId() });
      reply(null, new Empty());
    },
    invoke: ({ request }: Request<provider.InvokeRequest>, reply: Reply<provider.InvokeResponse>) => {
      const args = propertiesOf(request.getArgs());
      const directory = directories.get(packageName);
      const answer = lookedUp(request.getTok(), args, configuration, directory);
      if (answer) return reply(null, new provider.InvokeResponse().setReturn(structOf(answer)));
      reply({
        code: status.UNAVAILABLE,
        message: `${request.getTok()} asks the real provider, which is stood in for: give its answer as a plain value`,
      });
    },
    cancel: (_: unknown, reply: Reply<Empty>) => reply(null, new Empty()),
  } as unknown as UntypedServiceImplementation;
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function propertiesOf(struct: Struct | undefined): Properties {
  return (struct?.toJavaScript() ?? {}) as Properties;
}

function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

function unchanged(): provider.DiffResponse {
  return new provider.DiffResponse().setChanges(provider.DiffResponse.DiffChanges.DIFF_NONE);
}

function changedProperties(old: Properties, next: Properties): string[] {
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((property) => JSON.stringify(old[property]) !== JSON.stringify(next[property]))
    .sort();
}

/** After creation a value is needed: made from the id, so that it is the same in every run, and plainly made up. */
function computedValue(id: string, property: string): string {
  return `${property}-${id}`;
}

/** What was asked for is part of it: a resource that takes another's place has an id of its own, as with a real provider. */
function idOf(urn: string, inputs: Properties): string {
  const digits = createHash("sha256")
    .update(`${urn} ${JSON.stringify(inputs)}`)
    .digest("hex")
    .slice(0, 17);
  return `${idPrefixes[typeOf(urn)] ?? ""}${digits}`;
}

/** Ids of AWS that tell what they name: rules of the packs read them where another stack holds the resource. */
const idPrefixes: { [type: string]: string | undefined } = {
  "aws:ec2/vpc:Vpc": "vpc-",
  "aws:ec2/subnet:Subnet": "subnet-",
  "aws:ec2/routeTable:RouteTable": "rtb-",
  "aws:ec2/securityGroup:SecurityGroup": "sg-",
  "aws:ec2transitgateway/transitGateway:TransitGateway": "tgw-",
  "aws:ec2transitgateway/routeTable:RouteTable": "tgw-rtb-",
  "aws:ec2/vpnGateway:VpnGateway": "vgw-",
};
