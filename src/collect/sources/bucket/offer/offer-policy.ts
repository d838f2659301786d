import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { OfferRequest } from "./offer-request.ts";

/** A statement of ours; what others wrote is kept as it is. */
export interface OfferStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly Service: string };
  readonly Action: string;
  readonly Resource: readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Longest bucket policy (S3 User Guide, "Bucket policies for Amazon S3"). */
export const policyBytesMax = 20 * 1024;

const cloudTrail = "cloudtrail.amazonaws.com";
const sourceArnKey = "aws:SourceArn";

/**
 * What CloudTrail needs of a bucket (CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"), for the trails of
 * just these accounts: anybody else's trail that names the bucket is refused.
 */
export function offerStatements(request: OfferRequest, bucket: string, partition: string): readonly OfferStatement[] {
  const { accountIds, organizationId, managementAccountId, prefix } = request;
  const owners = [...new Set([...accountIds, ...(managementAccountId === undefined ? [] : [managementAccountId])])];
  const folders = [...owners, ...(organizationId === undefined ? [] : [organizationId])];
  const arn = `arn:${partition}:s3:::${bucket}`;
  const trails = { [sourceArnKey]: owners.map((id) => `arn:${partition}:cloudtrail:*:${id}:trail/*`).sort() };
  const before = prefix === "" ? "" : `${prefix}/`;
  const ofCloudTrail = { Effect: "Allow", Principal: { Service: cloudTrail } } as const;
  return [
    {
      Sid: "TrailwardenAclCheck",
      ...ofCloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: [arn],
      Condition: { StringLike: trails },
    },
    {
      Sid: "TrailwardenWrite",
      ...ofCloudTrail,
      Action: "s3:PutObject",
      Resource: folders.map((folder) => `${arn}/${before}AWSLogs/${folder}/*`).sort(),
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" }, StringLike: trails },
    },
    {
      Sid: "TrailwardenTlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}

const statement = z.looseObject({ Sid: z.string().optional() });
const document = z.looseObject({ Statement: z.union([statement, z.array(statement)]) });

/** A policy with our statements in it; nothing when the one that is there cannot be read. */
export function mergePolicy(present: string | undefined, ours: readonly OfferStatement[]): object | undefined {
  if (present === undefined) return { Version: "2012-10-17", Statement: ours };
  const read = readPolicy(present);
  if (read === undefined) return undefined;
  const there = [read.Statement].flat();
  const sids = new Set(ours.map(({ Sid }) => Sid));
  return {
    ...read,
    Statement: [
      ...there.filter(({ Sid }) => Sid === undefined || !sids.has(Sid)),
      ...ours.map((one) =>
        joined(
          there.find(({ Sid }) => Sid === one.Sid),
          one,
        ),
      ),
    ],
  };
}

/** Whether two policies say the same. */
export function isSamePolicy(a: string | undefined, b: object): boolean {
  const read = a === undefined ? undefined : readPolicy(a);
  return read !== undefined && isDeepStrictEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(b)));
}

function readPolicy(text: string): z.infer<typeof document> | undefined {
  try {
    const read = document.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

const earlier = z.object({
  Resource: z.union([z.string(), z.array(z.string())]),
  Condition: z.object({
    StringLike: z.object({ [sourceArnKey]: z.union([z.string(), z.array(z.string())]) }).optional(),
  }),
});

/** Those to whom the bucket was offered before keep it. */
function joined(present: unknown, ours: OfferStatement): OfferStatement {
  const read = earlier.safeParse(present);
  const trails = ours.Condition["StringLike"]?.[sourceArnKey];
  const before = read.success ? read.data.Condition.StringLike?.[sourceArnKey] : undefined;
  if (!read.success || trails === undefined || before === undefined) return ours;
  return {
    ...ours,
    Resource: union(read.data.Resource, ours.Resource),
    Condition: { ...ours.Condition, StringLike: { [sourceArnKey]: union(before, trails) } },
  };
}

function union(a: string | readonly string[], b: string | readonly string[]): readonly string[] {
  return [...new Set([a, b].flat())].sort();
}
