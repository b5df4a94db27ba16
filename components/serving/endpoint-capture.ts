import * as pulumi from "@pulumi/pulumi";
import { createCustomerKey } from "../storage/customer-key";
import { createPrivateBucket } from "../storage/private-bucket";
import type { SageMakerEndpointCapture } from "./sagemaker-endpoint";

/** Where captured requests and answers go: they hold what users sent. */
export interface CaptureDestination {
  bucketName: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  percent: number;
}

/** Days that captures are kept in a bucket of the endpoint's own. */
const CAPTURE_DAYS = 30;

/** The bucket that was given, else one beside the endpoint with its labels and a key of its own. */
export function captureDestination(
  name: string,
  args: {
    region: string;
    accountId: string;
    capture: SageMakerEndpointCapture | undefined;
    tags: { [tag: string]: string };
  },
  child: pulumi.CustomResourceOptions,
): CaptureDestination | undefined {
  const { region, accountId, capture, tags } = args;
  if (!capture) return undefined;
  const { bucketName, keyArn, percent } = capture;
  if (bucketName !== undefined && keyArn !== undefined) return { bucketName, keyArn, percent };
  const kept = { ...child, protect: true, retainOnDelete: true };
  const called = `${name}-capture`;
  const description = `Encrypts what ${name} captures`;
  const key = createCustomerKey(called, { region, accountId, description, tags }, kept);
  const { bucket } = createPrivateBucket(
    called,
    { region, tags, keyArn: key.arn, versioned: false, expiresAfterDays: CAPTURE_DAYS },
    { kept, child },
  );
  return { bucketName: bucket.bucket, keyArn: key.arn, percent };
}

export function captureOf({ bucketName, keyArn, percent }: CaptureDestination) {
  return {
    enableCapture: true,
    initialSamplingPercentage: percent,
    destinationS3Uri: pulumi.interpolate`s3://${bucketName}/capture`,
    kmsKeyId: keyArn,
    captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
  };
}
