import { type Call } from "../../../service.ts";
import { canonicalIdOf } from "../../../identity/unique-ids.ts";
import { type Bucket, bucketArn } from "../bucket.ts";
import { type ObjectVersion } from "../objects/object-version.ts";
import { formEncode } from "../objects/url-encoding.ts";

/** What happened, as notices name it, without `s3:`. */
export type S3EventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated"
  | "ObjectTagging:Put"
  | "ObjectTagging:Delete"
  | "ObjectAcl:Put"
  | "LifecycleExpiration:Delete"
  | "LifecycleExpiration:DeleteMarkerCreated";

export interface S3Event {
  readonly name: S3EventName;
  readonly at: number;
  readonly bucket: Bucket;
  readonly version: ObjectVersion;
  /** Who did it; lifecycle is S3's own doing. */
  readonly call: Call | undefined;
}

/** The message to a queue or topic. S3 User Guide, 'Event message structure'. */
export function printEventMessage(event: S3Event, configurationId: string): string {
  const { name, at, bucket, version, call } = event;
  const isCreated = name.startsWith("ObjectCreated:");
  const record = {
    eventVersion: name.startsWith("ObjectCreated") || name.startsWith("ObjectRemoved") ? "2.1" : "2.3",
    eventSource: "aws:s3",
    awsRegion: bucket.region,
    eventTime: new Date(at).toISOString(),
    eventName: name,
    userIdentity: { principalId: principalIdOf(call) },
    requestParameters: { sourceIPAddress: call?.sourceIp ?? "s3.amazonaws.com" },
    responseElements: {
      "x-amz-request-id": call?.requestId ?? "",
      "x-amz-id-2": Buffer.from(`${call?.requestId ?? ""}/${sequencerOf(version)}`).toString("base64"),
    },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: canonicalIdOf(bucket.ownerId).slice(0, 14).toUpperCase() },
        arn: bucketArn(bucket.name),
      },
      object: {
        key: formEncode(version.key),
        ...(version.isDeleteMarker || !isCreated ? {} : { size: version.sizeBytes }),
        ...(version.isDeleteMarker ? {} : { eTag: version.eTag.replaceAll('"', "") }),
        ...(bucket.versioning === undefined ? {} : { versionId: version.versionId }),
        sequencer: sequencerOf(version),
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** The message that S3 sends when notices to a queue or topic are set up. S3 User Guide, 'Event message structure'. */
export function printTestMessage(bucket: Bucket, call: Call): string {
  return JSON.stringify({
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: new Date(call.at).toISOString(),
    Bucket: bucket.name,
    RequestId: call.requestId,
    HostId: Buffer.from(`${call.requestId}/${bucket.name}`).toString("base64"),
  });
}

/** For EventBridge. S3 User Guide, 'EventBridge event message structure'. */
export function printBusEvent({ name, bucket, version, call }: S3Event): {
  readonly detailType: string;
  readonly detail: string;
} {
  const [kind = "", how = ""] = name.split(":", 2);
  const detailType = detailTypes.get(kind) ?? "";
  const reason = how === "Copy" || how === "CompleteMultipartUpload" ? how : `${how}Object`;
  const isDeletion = detailType === "Object Deleted";
  const detail = {
    version: "0",
    bucket: { name: bucket.name },
    object: {
      key: version.key,
      ...(version.isDeleteMarker || isDeletion ? {} : { size: version.sizeBytes }),
      ...(version.isDeleteMarker ? {} : { etag: version.eTag.replaceAll('"', "") }),
      ...(bucket.versioning === undefined ? {} : { "version-id": version.versionId }),
      sequencer: sequencerOf(version),
    },
    "request-id": call?.requestId ?? "",
    requester: call?.accountId ?? "s3.amazonaws.com",
    ...(call === undefined ? {} : { "source-ip-address": call.sourceIp }),
    ...(detailType === "Object Created" ? { reason: how === "Copy" ? "CopyObject" : reason } : {}),
    ...(isDeletion
      ? {
          reason: kind === "LifecycleExpiration" ? "Lifecycle Expiration" : "DeleteObject",
          "deletion-type": how === "Delete" ? "Permanently Deleted" : "Delete Marker Created",
        }
      : {}),
  };
  return { detailType, detail: JSON.stringify(detail) };
}

const detailTypes: ReadonlyMap<string, string> = new Map([
  ["ObjectCreated", "Object Created"],
  ["ObjectRemoved", "Object Deleted"],
  ["LifecycleExpiration", "Object Deleted"],
  ["ObjectTagging", "Object Tags Added"],
  ["ObjectAcl", "Object ACL Updated"],
]);

/** Of two notices for one key, the later has the greater, as hexadecimal. */
function sequencerOf({ at, sequence }: ObjectVersion): string {
  return `${Math.floor(at).toString(16).padStart(12, "0")}${sequence.toString(16).padStart(8, "0")}`.toUpperCase();
}

function principalIdOf(call: Call | undefined): string {
  const id = call?.caller.identity.principalId;
  return id === undefined ? "AWS:s3.amazonaws.com" : `AWS:${id}`;
}
