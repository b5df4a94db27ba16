import * as aws from "@pulumi/aws";
import type * as awsNative from "@pulumi/aws-native";
import type { EndpointConfig } from "@pulumi/aws-native/sagemaker/endpointConfig";
import type { InferenceComponent } from "@pulumi/aws-native/sagemaker/inferenceComponent";
import * as pulumi from "@pulumi/pulumi";
import type { LoadTimeouts } from "./model-load";

/** An endpoint whose instances are shared by components: how many copies of which model, each on a part of an instance. */
export interface InferenceEndpoint {
  region: string;
  /** Physical name, and the beginning of the names of its components. */
  endpointName: string;
  instanceType: string;
  floor: number;
  ceiling: number;
  routingStrategy: string;
  roleArn: pulumi.Input<string>;
  modelName: pulumi.Input<string>;
  subnetIds: pulumi.Input<string>[];
  securityGroupId: pulumi.Input<string>;
  components: { name: string; accelerators: number; memoryMiB: number }[];
  deploymentConfig: aws.types.input.sagemaker.EndpointDeploymentConfig;
  timeouts?: LoadTimeouts;
  capture?: awsNative.types.input.sagemaker.EndpointConfigDataCaptureConfigArgs;
  tags: { [tag: string]: string };
}

/**
 * @pulumi/aws has no inference component, and its endpoint configuration no network for one. @pulumi/aws-native has both;
 * it is loaded only here because it is optional.
 */
function nativeSdk(): {
  EndpointConfig: typeof EndpointConfig;
  InferenceComponent: typeof InferenceComponent;
  Provider: typeof awsNative.Provider;
} {
  const config = require("@pulumi/aws-native/sagemaker/endpointConfig") as {
    EndpointConfig: typeof EndpointConfig;
  };
  const component = require("@pulumi/aws-native/sagemaker/inferenceComponent") as {
    InferenceComponent: typeof InferenceComponent;
  };
  const { Provider } = require("@pulumi/aws-native/provider") as { Provider: typeof awsNative.Provider };
  return {
    EndpointConfig: config.EndpointConfig,
    InferenceComponent: component.InferenceComponent,
    Provider,
  };
}

const VARIANT = "main";

export function createInferenceEndpoint(
  name: string,
  args: InferenceEndpoint,
  child: pulumi.CustomResourceOptions,
): { endpoint: aws.sagemaker.Endpoint; componentNames: { [name: string]: pulumi.Output<string> } } {
  const sdk = nativeSdk();
  // Types of Cloud Control have no region of their own: the provider says it.
  const provider = new sdk.Provider(`${name}-native`, { region: args.region as awsNative.Region }, child);
  const native = { ...child, provider };
  const tags = Object.entries(args.tags).map(([key, value]) => ({ key, value }));
  const configuration = new sdk.EndpointConfig(
    name,
    {
      executionRoleArn: args.roleArn,
      vpcConfig: { subnets: args.subnetIds, securityGroupIds: [args.securityGroupId] },
      productionVariants: [
        {
          variantName: VARIANT,
          instanceType: args.instanceType,
          initialInstanceCount: args.floor,
          // Instances follow the copies of the components, and never below the floor.
          managedInstanceScaling: {
            status: "ENABLED",
            minInstanceCount: args.floor,
            maxInstanceCount: args.ceiling,
          },
          routingConfig: { routingStrategy: args.routingStrategy },
        },
      ],
      ...(args.capture ? { dataCaptureConfig: args.capture } : {}),
      tags,
    },
    native,
  );
  const endpoint = new aws.sagemaker.Endpoint(
    name,
    {
      region: args.region,
      name: args.endpointName,
      endpointConfigName: configuration.id,
      deploymentConfig: args.deploymentConfig,
      tags: args.tags,
    },
    child,
  );
  const componentNames = Object.fromEntries(
    args.components.map((component) => {
      const created = new sdk.InferenceComponent(
        `${name}-${component.name}`,
        {
          endpointName: endpoint.name,
          variantName: VARIANT,
          inferenceComponentName: `${args.endpointName}-${component.name}`,
          specification: {
            modelName: args.modelName,
            computeResourceRequirements: {
              numberOfAcceleratorDevicesRequired: component.accelerators,
              minMemoryRequiredInMb: component.memoryMiB,
            },
            // Image and weights stay on the instance: another copy of it starts without the store.
            dataCacheConfig: { enableCaching: true },
            ...(args.timeouts
              ? {
                  startupParameters: {
                    modelDataDownloadTimeoutInSeconds: args.timeouts.download,
                    containerStartupHealthCheckTimeoutInSeconds: args.timeouts.startup,
                  },
                }
              : {}),
          },
          runtimeConfig: { copyCount: args.floor },
          tags,
        },
        native,
      );
      return [component.name, pulumi.output(created.inferenceComponentName).apply((given) => given ?? "")];
    }),
  );
  return { endpoint, componentNames };
}
