import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelAnnotations } from "../labels";

/** A Lustre file system that nodes mount. */
export interface EfaClusterFileSystem {
  /** Id of the file system: fs-... */
  id: pulumi.Input<string>;
  /** Host name of the file system. */
  dnsName: pulumi.Input<string>;
  /** Name of the file system behind that host. */
  mountName: pulumi.Input<string>;
  /** GiB of the file system, which Kubernetes wants to know and does not enforce. */
  gib: number;
}

/** Claim that a training pod names to mount the file system. */
export const CLAIM = "training-data";

/**
 * The file system as a volume of the cluster and a claim in the namespace of the work. The volume is static: nothing in
 * the cluster can make another file system, in another place, of it. Deleting the claim deletes no data.
 */
export function mountOnEks(
  name: string,
  fileSystem: EfaClusterFileSystem,
  on: { region: string; cluster: aws.eks.Cluster; namespace: string; labels: DatasetLabels },
  child: pulumi.CustomResourceOptions,
  inCluster: pulumi.CustomResourceOptions,
): void {
  const driver = new aws.eks.Addon(
    `${name}-aws-fsx-csi-driver`,
    {
      region: on.region,
      clusterName: on.cluster.name,
      addonName: "aws-fsx-csi-driver",
      resolveConflictsOnCreate: "OVERWRITE",
    },
    child,
  );
  const annotations = labelAnnotations(on.labels);
  const shape = {
    accessModes: ["ReadWriteMany"],
    // Empty, so that no default class answers the claim with a file system of its own.
    storageClassName: "",
  };
  const volumeName = `${name}-${CLAIM}`;
  const volume = new kubernetes.core.v1.PersistentVolume(
    volumeName,
    {
      metadata: { name: volumeName, annotations },
      spec: {
        ...shape,
        capacity: { storage: `${fileSystem.gib}Gi` },
        mountOptions: ["flock", "relatime"],
        persistentVolumeReclaimPolicy: "Retain",
        csi: {
          driver: "fsx.csi.aws.com",
          volumeHandle: fileSystem.id,
          volumeAttributes: { dnsname: fileSystem.dnsName, mountname: fileSystem.mountName },
        },
      },
    },
    { ...inCluster, dependsOn: [driver] },
  );
  new kubernetes.core.v1.PersistentVolumeClaim(
    volumeName,
    {
      metadata: { name: CLAIM, namespace: on.namespace, annotations },
      spec: { ...shape, volumeName, resources: { requests: { storage: `${fileSystem.gib}Gi` } } },
    },
    { ...inCluster, dependsOn: [volume] },
  );
}
