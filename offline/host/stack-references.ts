import { join } from "node:path";
import { UNKNOWN_SENTINELS } from "@hybrid-ai-fabric/graph";
import type resource from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { programSdk } from "./program-sdk";

/**
 * Loaded into the process of a program that is previewed alone (`node --require`): the stacks that it reads are in no
 * backend here, and the engine ends a preview that asks for one. What they export is unknown instead.
 */
const STACK_REFERENCE = "pulumi:pulumi:StackReference";
const UNKNOWN = UNKNOWN_SENTINELS[2] ?? "";

type Read = (request: Request, reply: Reply) => unknown;
type Reply = (error: Error | null, response?: unknown) => void;
interface Request {
  getType(): string;
  getName(): string;
  getId(): string;
}
interface Exported {
  promise(): Promise<unknown>;
  isKnown: Promise<boolean>;
}
interface StackReference {
  getOutput(name: string): Exported;
  readOutputValue(caller: string, name: string, required: boolean): Promise<unknown>;
}

const sdk = programSdk();
if (sdk !== undefined) leaveUnknown(sdk);

function leaveUnknown(sdk: string): void {
  const { ResourceMonitorClient } = require(join(sdk, "proto", "resource_grpc_pb")) as {
    ResourceMonitorClient: { prototype: { readResource: Read } };
  };
  const { ReadResourceResponse } = require(join(sdk, "proto", "resource_pb")) as typeof resource;
  const { prototype } = ResourceMonitorClient;
  const read = prototype.readResource;
  prototype.readResource = function (request, reply) {
    if (request.getType() !== STACK_REFERENCE) return read.call(this, request, reply);
    const properties = { name: request.getId(), outputs: UNKNOWN, secretOutputNames: UNKNOWN };
    const response = new ReadResourceResponse();
    response.setUrn(`urn:pulumi:other::other::${STACK_REFERENCE}::${request.getName()}`);
    response.setProperties(Struct.fromJavaScript(properties));
    reply(null, response);
  };
  guardPlainValues(sdk);
}

/** A plain value could be compared, and a comparison with an unknown would silently take one branch. */
function guardPlainValues(sdk: string): void {
  const { StackReference } = require(join(sdk, "stackReference")) as {
    StackReference: { prototype: StackReference };
  };
  const { prototype } = StackReference;
  const plain = prototype.readOutputValue;
  prototype.readOutputValue = async function (caller, name, required) {
    if (await this.getOutput(name).isKnown) return plain.call(this, caller, name, required);
    throw new Error(
      `Output "${name}" of another stack is not known here: no other stack can be read. Take it by getOutput, which stays unknown in the preview, or from the configuration of the stack.`,
    );
  };
}
