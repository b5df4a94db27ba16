import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ArgumentProblem } from "../problems";

/** Where the data is read on site: exactly one of the four. */
export interface BulkTransferSource {
  /** An export of NFS. */
  nfs?: BulkTransferNfs;
  /** A share of Windows. */
  smb?: BulkTransferSmb;
  /** A cluster of Hadoop. */
  hdfs?: BulkTransferHdfs;
  /** A store on site that speaks S3. */
  objectStorage?: BulkTransferObjectStorage;
}

/** An NFS export on site. */
export interface BulkTransferNfs {
  /** Host name or address of the server. */
  server: string;
  /** Exported path, beginning with a slash. */
  path: string;
}

/** An SMB share on site. */
export interface BulkTransferSmb {
  /** Host name or address of the server. */
  server: string;
  /** Share and folder, beginning with a slash. */
  path: string;
  /** User that reads the share. */
  user: string;
  /** Password of that user, a secret. */
  password: pulumi.Input<string>;
  /** Windows domain. Default: none. */
  domain?: string;
}

/** A Hadoop file system on site. */
export interface BulkTransferHdfs {
  /** Host name or address of the name node. */
  nameNode: string;
  /** Port of the name node. Default: 8020. */
  port?: number;
  /** Path, beginning with a slash. */
  path: string;
  /** User of simple authentication; with kerberos, none. */
  user?: string;
  /** How the agent proves itself. Default: by its user name alone. */
  kerberos?: BulkTransferKerberos;
}

/** Kerberos of a Hadoop cluster. */
export interface BulkTransferKerberos {
  /** Principal of the agent, such as datasync@EXAMPLE.COM. */
  principal: string;
  /** Keytab in base64. */
  keytab: pulumi.Input<string>;
  /** krb5.conf in base64. */
  configuration: pulumi.Input<string>;
}

/** S3-compatible object storage on site. */
export interface BulkTransferObjectStorage {
  /** Host name or address of the server. */
  server: string;
  /** Bucket on site. */
  bucket: string;
  /** Folder in the bucket, beginning with a slash. Default: the whole bucket. */
  path?: string;
  /** Access key of the store, a secret. Default: it asks for none. */
  accessKey?: pulumi.Input<string>;
  /** Secret key that belongs to it, a secret. */
  secretKey?: pulumi.Input<string>;
  /** Certificate of the server, where no public authority signed it. */
  certificate?: pulumi.Input<string>;
}

/** What of a transfer's arguments proves who reads the source: secret in state as well. */
export const secretsOfSource = [
  "source.smb.password",
  "source.hdfs.kerberos.keytab",
  "source.objectStorage.accessKey",
  "source.objectStorage.secretKey",
] as const;

const kinds = ["nfs", "smb", "hdfs", "objectStorage"] as const;

export function validateSource(source: BulkTransferSource): ArgumentProblem[] {
  const chosen = kinds.filter((kind) => source[kind] !== undefined);
  const problems: ArgumentProblem[] = [];
  if (chosen.length !== 1) {
    const reason = `${chosen.join(" and ") || "none"}; exactly one of ${kinds.join(", ")}`;
    problems.push({ propertyPath: "source", reason });
  }
  for (const kind of chosen) {
    const path = source[kind]?.path;
    if (path !== undefined && !path.startsWith("/")) {
      problems.push({
        propertyPath: `source.${kind}.path`,
        reason: `"${path}" does not begin with a slash`,
      });
    }
  }
  const { hdfs } = source;
  if (hdfs && (hdfs.user === undefined) === (hdfs.kerberos === undefined)) {
    problems.push({ propertyPath: "source.hdfs", reason: "user or kerberos: exactly one of the two" });
  }
  return problems;
}

/** The location that a task reads, through agents of its own. */
export function createSource(
  name: string,
  source: BulkTransferSource,
  agentArns: pulumi.Input<string>[],
  at: { region: string; tags: { [tag: string]: string } },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { nfs, smb, hdfs, objectStorage } = source;
  if (nfs) {
    const { server, path } = nfs;
    return new aws.datasync.NfsLocation(
      name,
      {
        ...at,
        serverHostname: server,
        subdirectory: path,
        onPremConfig: { agentArns },
        mountOptions: { version: "NFS4_1" },
      },
      opts,
    ).arn;
  }
  if (smb) {
    return new aws.datasync.LocationSmb(
      name,
      {
        ...at,
        serverHostname: smb.server,
        subdirectory: smb.path,
        user: smb.user,
        password: smb.password,
        agentArns,
        ...(smb.domain === undefined ? {} : { domain: smb.domain }),
        mountOptions: { version: "SMB3" },
      },
      { ...opts, additionalSecretOutputs: ["password"] },
    ).arn;
  }
  if (hdfs) {
    const { kerberos } = hdfs;
    return new aws.datasync.LocationHdfs(
      name,
      {
        ...at,
        nameNodes: [{ hostname: hdfs.nameNode, port: hdfs.port ?? 8020 }],
        subdirectory: hdfs.path,
        agentArns,
        ...(kerberos
          ? {
              authenticationType: "KERBEROS",
              kerberosPrincipal: kerberos.principal,
              kerberosKeytabBase64: pulumi.secret(kerberos.keytab),
              kerberosKrb5ConfBase64: kerberos.configuration,
            }
          : { authenticationType: "SIMPLE", ...(hdfs.user === undefined ? {} : { simpleUser: hdfs.user }) }),
        qopConfiguration: { dataTransferProtection: "PRIVACY", rpcProtection: "PRIVACY" },
      },
      { ...opts, additionalSecretOutputs: ["kerberosKeytabBase64"] },
    ).arn;
  }
  if (!objectStorage) throw new RangeError("no source");
  const { accessKey, secretKey, certificate } = objectStorage;
  return new aws.datasync.LocationObjectStorage(
    name,
    {
      ...at,
      serverHostname: objectStorage.server,
      serverProtocol: "HTTPS",
      bucketName: objectStorage.bucket,
      subdirectory: objectStorage.path ?? "/",
      agentArns,
      ...(accessKey === undefined ? {} : { accessKey: pulumi.secret(accessKey) }),
      ...(secretKey === undefined ? {} : { secretKey }),
      ...(certificate === undefined ? {} : { serverCertificate: certificate }),
    },
    { ...opts, additionalSecretOutputs: ["secretKey"] },
  ).arn;
}
