import { AwsCallError, type AwsClient } from "../../../../aws/index.ts";
import { regionOf } from "../../../fetch/in-bucket-region.ts";
import type { SourceAws } from "../../source.ts";
import type { OfferRequest } from "./offer-request.ts";

/** A bucket's settings as they stand, as far as an offer is about them. */
export interface BucketNow {
  /** Of whoever asked: the bucket is to be theirs. */
  readonly accountId: string;
  readonly bucket: string;
  readonly standing:
    | { readonly kind: "absent" }
    /** Its name is taken, or may not be looked at. */
    | { readonly kind: "refused"; readonly cause: string }
    | { readonly kind: "elsewhere"; readonly region: string }
    | ({ readonly kind: "there" } & BucketSettingsNow);
}

export interface BucketSettingsNow {
  /** How many of the four ways to make it public are blocked. */
  readonly publicAccessBlocks: number;
  readonly ownership: string | undefined;
  readonly encryption: string | undefined;
  readonly versioning: string | undefined;
  readonly policy: string | undefined;
}

export function defaultBucketName(accountId: string, region: string): string {
  return `trailwarden-logs-${accountId}-${region}`;
}

/** Looks who we are and how the bucket stands; changes nothing. */
export async function readBucketNow(request: OfferRequest, aws: SourceAws): Promise<BucketNow> {
  const sts = await aws.client("sts", request.region);
  const { Account: accountId = "" } = await sts.call("GetCallerIdentity", {});
  const bucket = request.bucketName ?? defaultBucketName(accountId, request.region);
  const s3 = await aws.client("s3", request.region);
  return { accountId, bucket, standing: await readStanding(s3, { bucket, accountId, region: request.region }) };
}

interface Asked {
  readonly bucket: string;
  readonly accountId: string;
  readonly region: string;
}

async function readStanding(s3: AwsClient<"s3">, { bucket, accountId, region }: Asked): Promise<BucketNow["standing"]> {
  const of = { Bucket: bucket, ExpectedBucketOwner: accountId };
  try {
    const { LocationConstraint: at } = await s3.call("GetBucketLocation", of);
    // Empty for us-east-1, EU for the oldest buckets of eu-west-1 (S3 API Reference, "GetBucketLocation").
    const found = at === undefined || String(at) === "" ? "us-east-1" : at === "EU" ? "eu-west-1" : at;
    if (found !== region) return { kind: "elsewhere", region: found };
  } catch (error) {
    const found = regionOf(error);
    if (found !== undefined && found !== region) return { kind: "elsewhere", region: found };
    if (!(error instanceof AwsCallError)) throw error;
    if (error.code === "NoSuchBucket") return { kind: "absent" };
    if (error.code.startsWith("AccessDenied") || error.status === 403) return { kind: "refused", cause: error.message };
    throw error;
  }
  return { kind: "there", ...(await readSettings(s3, of)) };
}

async function readSettings(
  s3: AwsClient<"s3">,
  of: { readonly Bucket: string; readonly ExpectedBucketOwner: string },
): Promise<BucketSettingsNow> {
  const [blocks, ownership, encryption, { Status: versioning }, policy] = await Promise.all([
    unlessAbsent("NoSuchPublicAccessBlockConfiguration", s3.call("GetPublicAccessBlock", of)),
    unlessAbsent("OwnershipControlsNotFoundError", s3.call("GetBucketOwnershipControls", of)),
    unlessAbsent("ServerSideEncryptionConfigurationNotFoundError", s3.call("GetBucketEncryption", of)),
    s3.call("GetBucketVersioning", of),
    unlessAbsent("NoSuchBucketPolicy", s3.call("GetBucketPolicy", of)),
  ]);
  const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  return {
    publicAccessBlocks: Object.values(blocks?.PublicAccessBlockConfiguration ?? {}).filter(Boolean).length,
    ownership: ownership?.OwnershipControls?.Rules?.[0]?.ObjectOwnership,
    encryption: rule?.SSEAlgorithm,
    versioning,
    policy: policy?.Policy,
  };
}

/** What was never set is answered as an error. */
async function unlessAbsent<Answer>(code: string, asking: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === code) return undefined;
    throw error;
  }
}
