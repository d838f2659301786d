import type { JsonObject, Resource } from "../record.ts";
import { inService, type Call, type CallBody, type Operation } from "./operation.ts";

const s3 = inService({ prefix: "s3", version: "1.11" });

/** Object keys as an online shop has them. */
const objectKeys: readonly ((call: Call) => string)[] = [
  ({ random, at }) => `orders/${dateFolder(at)}/order-${random.int(900_000) + 100_000}.json`,
  ({ random, at }) =>
    `exports/${dateFolder(at)}/part-${String(random.int(400)).padStart(5, "0")}-${random.uuid()}.snappy.parquet`,
  ({ random }) => `images/products/${random.hex(2)}/${random.hex(24)}.webp`,
  ({ random }) => `catalog/items/${random.int(90_000) + 10_000}/description.json`,
  ({ random, at }) => `invoices/${dateFolder(at)}/INV-${random.int(90_000) + 10_000}.pdf`,
  ({ random }) => `sessions/${random.hex(32)}`,
];

/** S3 calls on buckets and, as data events, on objects. */
export const s3Operations: readonly Operation[] = [
  s3.readsData("GetObject", (call) => onObject(call, 0, call.random.int(900_000) + 400)),
  s3.readsData("HeadObject", (call) => onObject(call, 0, 0)),
  s3.writesData("PutObject", (call) => onObject(call, call.random.int(300_000) + 200, 0, putDetails(call))),
  s3.writesData("DeleteObject", (call) => onObject(call, 0, 0)),
  s3.readsData("ListObjects", (call) => {
    const bucket = call.random.pick(call.place.buckets);
    const answer = onBucket(call, bucket, {
      "list-type": "2",
      prefix: `orders/${dateFolder(call.at)}/`,
      "encoding-type": "url",
    });
    return {
      ...answer,
      resources: [{ type: "AWS::S3::Object", ARNPrefix: `arn:aws:s3:::${bucket}/` }, ...(answer.resources ?? [])],
    };
  }),
  s3.reads("ListBuckets", (call) => ({
    request: { Host: `s3.${call.place.region}.amazonaws.com` },
    extra: transfer(call, 0, 4_100),
    host: `s3.${call.place.region}.amazonaws.com`,
  })),
  s3.reads("GetBucketAcl", (call) => onBucket(call, call.random.pick(call.place.buckets), { acl: "" })),
  s3.reads("GetBucketLocation", (call) => onBucket(call, call.random.pick(call.place.buckets), { location: "" })),
  s3.reads("GetBucketVersioning", (call) => onBucket(call, call.random.pick(call.place.buckets), { versioning: "" })),
  s3.reads("GetBucketEncryption", (call) => onBucket(call, call.random.pick(call.place.buckets), { encryption: "" })),
  s3.reads("GetBucketPolicy", (call) => onBucket(call, call.random.pick(call.place.buckets), { policy: "" })),
  s3.reads("GetBucketPolicyStatus", (call) =>
    onBucket(call, call.random.pick(call.place.buckets), { policyStatus: "" }),
  ),
  s3.reads("GetBucketPublicAccessBlock", (call) =>
    onBucket(call, call.random.pick(call.place.buckets), { publicAccessBlock: "" }),
  ),
  s3.reads("GetBucketLogging", (call) => onBucket(call, call.random.pick(call.place.buckets), { logging: "" })),
  s3.reads("GetBucketTagging", (call) => onBucket(call, call.random.pick(call.place.buckets), { tagging: "" })),
  s3.reads("GetBucketLifecycle", (call) => onBucket(call, call.random.pick(call.place.buckets), { lifecycle: "" })),
  s3.writes("CreateBucket", (call) =>
    onBucket(call, `example-scratch-${call.random.hex(8)}`, {
      CreateBucketConfiguration: {
        LocationConstraint: call.place.region,
        xmlns: "http://s3.amazonaws.com/doc/2006-03-01/",
      },
    }),
  ),
  s3.writes("PutBucketTagging", (call) =>
    onBucket(call, call.random.pick(call.place.buckets), {
      tagging: "",
      Tagging: {
        xmlns: "http://s3.amazonaws.com/doc/2006-03-01/",
        TagSet: { Tag: { Value: call.random.pick(["orders", "catalog", "billing"]), Key: "team" } },
      },
    }),
  ),
  s3.writes("PutBucketPublicAccessBlock", (call) =>
    putPublicAccessBlock(call, call.random.pick(call.place.buckets), true),
  ),
  s3.writes("PutBucketPolicy", (call) => {
    const bucket = call.random.pick(call.place.buckets);
    return putBucketPolicy(call, bucket, {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  }),
];

/** A bucket policy of one statement, as PutBucketPolicy is recorded. */
export function putBucketPolicy(call: Call, bucket: string, statement: JsonObject): CallBody {
  return onBucket(call, bucket, {
    bucketPolicy: { Version: "2012-10-17", Statement: [statement] },
    policy: "",
  });
}

/** Blocks or allows public access to a bucket. */
export function putPublicAccessBlock(call: Call, bucket: string, isBlocked: boolean): CallBody {
  return onBucket(call, bucket, {
    publicAccessBlock: "",
    PublicAccessBlockConfiguration: {
      xmlns: "http://s3.amazonaws.com/doc/2006-03-01/",
      RestrictPublicBuckets: isBlocked,
      BlockPublicPolicy: isBlocked,
      BlockPublicAcls: isBlocked,
      IgnorePublicAcls: isBlocked,
    },
  });
}

/** A call about one bucket; `requestParameters` name the sub-resource with an empty value. */
export function onBucket(call: Call, bucket: string, more: JsonObject): CallBody {
  const host = `${bucket}.s3.${call.place.region}.amazonaws.com`;
  return {
    request: { bucketName: bucket, Host: host, ...more },
    extra: transfer(call, 0, 300 + call.random.int(700)),
    resources: [bucketResource(call, bucket)],
    host,
  };
}

/** A call about one object, named or drawn. */
export function onObject(
  call: Call,
  bytesIn: number,
  bytesOut: number,
  details: {
    readonly request?: JsonObject;
    readonly response?: JsonObject;
    readonly bucket?: string;
    readonly key?: string;
  } = {},
): CallBody {
  const bucket = details.bucket ?? call.random.pick(call.place.buckets);
  const key = details.key ?? call.random.pick(objectKeys)(call);
  const host = `${bucket}.s3.${call.place.region}.amazonaws.com`;
  return {
    request: { bucketName: bucket, Host: host, key, ...details.request },
    ...(details.response === undefined ? {} : { response: details.response }),
    extra:
      details.response === undefined
        ? transfer(call, bytesIn, bytesOut)
        : { ...transfer(call, bytesIn, bytesOut), SSEApplied: "SSE_KMS" },
    resources: [{ type: "AWS::S3::Object", ARN: `arn:aws:s3:::${bucket}/${key}` }, bucketResource(call, bucket)],
    host,
  };
}

function putDetails(call: Call): { readonly request?: JsonObject; readonly response: JsonObject } {
  const key = `arn:aws:kms:${call.place.region}:${call.place.accountId}:key/${call.random.pick(call.place.keys)}`;
  return {
    ...(call.random.chance(0.5)
      ? {}
      : {
          request: {
            "x-amz-server-side-encryption": "aws:kms",
            "x-amz-server-side-encryption-aws-kms-key-id": key,
          },
        }),
    response: {
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": key,
    },
  };
}

function bucketResource(call: Call, bucket: string): Resource {
  return {
    accountId: call.place.accountId,
    type: "AWS::S3::Bucket",
    ARN: `arn:aws:s3:::${bucket}`,
  };
}

/** What S3 adds about the transfer itself. */
export function transfer(call: Call, bytesIn: number, bytesOut: number): JsonObject {
  return {
    SignatureVersion: "SigV4",
    CipherSuite: "TLS_AES_128_GCM_SHA256",
    bytesTransferredIn: bytesIn,
    AuthenticationMethod: "AuthHeader",
    "x-amz-id-2": `${call.random.base64(75)}=`,
    bytesTransferredOut: bytesOut,
  };
}

function dateFolder(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
}
