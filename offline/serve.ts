import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";

const LARGEST_MESSAGE = 400 * 1024 * 1024;
const limits = {
  "grpc.max_receive_message_length": LARGEST_MESSAGE,
  "grpc.max_send_message_length": LARGEST_MESSAGE,
};

export { limits as messageLimits };

/** Serves gRPC services on a free loopback port: what the engine expects of a plugin. */
export function serve(
  services: readonly [ServiceDefinition, UntypedServiceImplementation][],
): Promise<{ port: number; server: Server }> {
  const server = new Server(limits);
  for (const [definition, implementation] of services) server.addService(definition, implementation);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve({ port, server });
    });
  });
}

/** A plugin tells its port as the first line of its standard output. */
export async function servePlugin(
  services: readonly [ServiceDefinition, UntypedServiceImplementation][],
): Promise<void> {
  const { port } = await serve(services);
  process.stdout.write(`${port}\n`);
}
