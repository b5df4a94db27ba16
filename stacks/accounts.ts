import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsPlace } from "./environment";
import type { EnvironmentContent } from "./environment/shape";

/** Name of the account that a place belongs to: the first one declared when it names none. */
export function accountName(environment: EnvironmentContent, place: AwsPlace): string {
  const [first] = Object.keys(environment.accounts);
  return place.account ?? first ?? "main";
}

export function accountOf(environment: EnvironmentContent, place: AwsPlace): string {
  const account = environment.accounts[accountName(environment, place)];
  if (!account) throw new RangeError("no account");
  return account.id;
}

/** One provider for each account; the region is said at each resource. */
export function providerFor(
  environment: EnvironmentContent,
  place: AwsPlace,
  providers: Map<string, aws.Provider>,
): aws.Provider {
  return providerOfAccount(environment, accountName(environment, place), place.aws, providers);
}

/** The provider of an account, made where there is none yet. */
export function providerOfAccount(
  environment: EnvironmentContent,
  name: string,
  region: string,
  providers: Map<string, aws.Provider>,
): aws.Provider {
  const known = providers.get(name);
  if (known) return known;
  const account = environment.accounts[name];
  const assumeRoles: pulumi.Input<aws.types.input.ProviderAssumeRole>[] = account?.role
    ? [{ roleArn: account.role }]
    : [];
  const provider = new aws.Provider(name, {
    region: region as aws.Region,
    ...(account ? { allowedAccountIds: [account.id] } : {}),
    ...(assumeRoles.length > 0 ? { assumeRoles } : {}),
  });
  providers.set(name, provider);
  return provider;
}
