import * as pulumi from "@pulumi/pulumi";

/** A resource as a component asks for it at preview, before anything is created. */
export interface Requested {
  type: string;
  name: string;
  inputs: { [property: string]: unknown };
}

/** Runs a piece of a program as at preview: nothing has an id, and nothing that a provider computes is known. */
export async function requestedBy(program: () => void): Promise<Requested[]> {
  const requested: Requested[] = [];
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        requested.push({ type, name, inputs });
        return { id: undefined, state: inputs };
      },
      call: ({ token }) => {
        throw new Error(`a component asked a provider at preview: ${token}`);
      },
    },
    "test",
    "test",
    true,
  );
  program();
  await pulumi.runtime.disconnect();
  return requested.sort((a, b) => (`${a.type}${a.name}` < `${b.type}${b.name}` ? -1 : 1));
}

export function only(requested: readonly Requested[], type: string, name?: string): Requested {
  const found = requested.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`${found.length} resources of ${type} ${name ?? ""}`);
  return first;
}

/** What Pulumi marks a secret with, on its way to the engine. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** Everything that would stand in state for everybody to read: secrets are left out. */
export function readableIn(requested: readonly Requested[]): string {
  return JSON.stringify(requested, (_, value: unknown) =>
    typeof value === "object" && value !== null && SECRET in value ? "a secret" : value,
  );
}
