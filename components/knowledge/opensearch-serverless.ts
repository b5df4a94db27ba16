import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createPerimeter } from "./search-perimeter";
import { shortName } from "./short-name";
import type { VectorIndexServerless } from "./vector-index";

/** A collection with its four policies: the one of encryption has to be there before the collection is. */
export function createCollection(
  name: string,
  args: {
    region: string;
    accountId: string;
    serverless: VectorIndexServerless;
    tags: { [tag: string]: string };
  },
  kept: pulumi.CustomResourceOptions,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { region, accountId, serverless, tags } = args;
  const { network } = serverless;
  const called = shortName(name);
  const collection = `collection/${called}`;
  const { key, group } = createPerimeter(
    name,
    { region, accountId, network, logGroups: false, tags },
    kept,
    child,
  );
  const endpoint = new aws.opensearch.ServerlessVpcEndpoint(
    name,
    {
      region,
      name: called,
      vpcId: network.vpcId,
      subnetIds: network.subnetIds,
      securityGroupIds: [group.id],
    },
    child,
  );
  const encryption = new aws.opensearch.ServerlessSecurityPolicy(
    `${name}-encryption`,
    {
      region,
      name: called,
      type: "encryption",
      policy: pulumi.jsonStringify({
        Rules: [{ ResourceType: "collection", Resource: [collection] }],
        AWSOwnedKey: false,
        KmsARN: key.arn,
      }),
    },
    child,
  );
  const reach = new aws.opensearch.ServerlessSecurityPolicy(
    `${name}-network`,
    {
      region,
      name: called,
      type: "network",
      policy: pulumi.jsonStringify([
        {
          Rules: [
            { ResourceType: "collection", Resource: [collection] },
            { ResourceType: "dashboard", Resource: [collection] },
          ],
          AllowFromPublic: false,
          SourceVPCEs: [endpoint.id],
        },
      ]),
    },
    child,
  );
  new aws.opensearch.ServerlessAccessPolicy(
    name,
    {
      region,
      name: called,
      type: "data",
      policy: pulumi.jsonStringify([
        {
          Rules: [
            {
              ResourceType: "index",
              Resource: [`index/${called}/*`],
              Permission: [
                "aoss:CreateIndex",
                "aoss:DescribeIndex",
                "aoss:ReadDocument",
                "aoss:UpdateIndex",
                "aoss:WriteDocument",
              ],
            },
          ],
          Principal: serverless.readerArns,
        },
      ]),
    },
    child,
  );
  const created = new aws.opensearch.ServerlessCollection(
    name,
    {
      region,
      name: called,
      type: "VECTORSEARCH",
      standbyReplicas: (serverless.standby ?? true) ? "ENABLED" : "DISABLED",
      tags,
    },
    { ...kept, dependsOn: [encryption, reach] },
  );
  return created.collectionEndpoint;
}
