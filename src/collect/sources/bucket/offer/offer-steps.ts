import { AwsCallError, type AwsClient, type InputOf } from "../../../../aws/index.ts";
import type { BucketNow, BucketSettingsNow } from "./bucket-now.ts";
import { isSamePolicy } from "./offer-policy.ts";

/** What all steps of an offer are about. */
export interface OfferTarget {
  readonly bucket: string;
  readonly region: string;
  /** The bucket's owner. */
  readonly accountId: string;
  readonly policy: object;
}

export type OfferStepId = "bucket" | "public-access" | "ownership" | "encryption" | "versioning" | "policy";

/** A kind of step: how it is told, how it stands, how it is done. */
export interface OfferStepKind {
  readonly id: OfferStepId;
  what(target: OfferTarget): string;
  readonly why: string;
  /** How it stands, in a few words. */
  before(settings: BucketSettingsNow | undefined): string;
  after(target: OfferTarget, settings: BucketSettingsNow | undefined): string;
  readonly undo: string;
  readonly cost: string;
  isDone(settings: BucketSettingsNow | undefined, target: OfferTarget): boolean;
  apply(s3: AwsClient<"s3">, target: OfferTarget): Promise<unknown>;
}

const free = "Nothing";
const allBlocks = 4;

export function settingsOf({ standing }: BucketNow): BucketSettingsNow | undefined {
  return standing.kind === "there" ? standing : undefined;
}

/** In the order in which they are done: CloudTrail may write only when all else is as it must be. */
export const offerSteps: readonly OfferStepKind[] = [
  {
    id: "bucket",
    what: ({ bucket, region }) => `Make the bucket ${bucket} in ${region}`,
    why: "Log files of other accounts come into it",
    before: (settings) => (settings === undefined ? "There is no such bucket" : "It is there"),
    after: () => "It is there",
    undo: "Delete the bucket, once it is empty",
    cost: "Nothing while it is empty; then S3's price for what is stored and for each file that is written",
    isDone: (settings) => settings !== undefined,
    apply: makeBucket,
  },
  {
    id: "public-access",
    what: () => "Block all public access",
    why: "Log files say who may do what in an account; nobody else is to read them",
    before: (settings) => `${settings?.publicAccessBlocks ?? 0} of ${allBlocks} ways are blocked`,
    after: () => `${allBlocks} of ${allBlocks} ways are blocked`,
    undo: "Change Block Public Access in the bucket's permissions",
    cost: free,
    isDone: (settings) => settings?.publicAccessBlocks === allBlocks,
    apply: (s3, target) =>
      s3.call("PutPublicAccessBlock", {
        ...of(target),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
  },
  {
    id: "ownership",
    what: () => "Let the bucket's owner own all log files",
    why: "Then ACLs give nobody rights; CloudTrail's own ACL is accepted all the same",
    before: (settings) => settings?.ownership ?? "Not set",
    after: (_, settings) => settings?.ownership ?? "BucketOwnerEnforced",
    undo: "Choose another object ownership in the bucket's permissions",
    cost: free,
    // Where people use ACLs already, they are not taken from them.
    isDone: (settings) => settings?.ownership !== undefined,
    apply: (s3, target) =>
      s3.call("PutBucketOwnershipControls", {
        ...of(target),
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      }),
  },
  {
    id: "encryption",
    what: () => "Encrypt what comes with S3's own keys",
    why: "Log files do not lie in the clear; an encryption that is set already stays",
    before: (settings) => settings?.encryption ?? "Not set",
    after: (_, settings) => settings?.encryption ?? "AES256",
    undo: "Choose another default encryption in the bucket's properties",
    cost: free,
    isDone: (settings) => settings?.encryption !== undefined,
    apply: (s3, target) =>
      s3.call("PutBucketEncryption", {
        ...of(target),
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      }),
  },
  {
    id: "versioning",
    what: () => "Keep what is overwritten or deleted as versions",
    why: "A log file that somebody removes or replaces can be brought back",
    before: (settings) => settings?.versioning ?? "Not set",
    after: () => "Enabled",
    undo: "Suspend versioning; versions that exist stay until they are deleted",
    cost: "S3's price for versions that are kept; CloudTrail itself never writes a file twice",
    isDone: (settings) => settings?.versioning === "Enabled",
    apply: (s3, target) =>
      s3.call("PutBucketVersioning", { ...of(target), VersioningConfiguration: { Status: "Enabled" } }),
  },
  {
    id: "policy",
    what: () =>
      "Let CloudTrail write log files, for the trails of these accounts only, and refuse what comes without TLS",
    why: "Without it, AWS refuses to make a trail that names this bucket",
    before: (settings) => settings?.policy ?? "There is no bucket policy",
    after: ({ policy }) => JSON.stringify(policy),
    undo: "Take the statements whose Sid begins with Trailwarden out of the bucket policy; trails then cannot deliver",
    cost: free,
    isDone: (settings, { policy }) => isSamePolicy(settings?.policy, policy),
    apply: (s3, target) => s3.call("PutBucketPolicy", { ...of(target), Policy: JSON.stringify(target.policy) }),
  },
];

/** A bucket that came to be somebody else's meanwhile is not touched. */
function of({ bucket, accountId }: OfferTarget): { readonly Bucket: string; readonly ExpectedBucketOwner: string } {
  return { Bucket: bucket, ExpectedBucketOwner: accountId };
}

async function makeBucket(s3: AwsClient<"s3">, { bucket, region }: OfferTarget): Promise<void> {
  type Region = NonNullable<InputOf<"s3", "CreateBucket">["CreateBucketConfiguration"]>["LocationConstraint"];
  // us-east-1 is the one that may not be named (S3 API Reference, "CreateBucket").
  const where =
    region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region as NonNullable<Region> } };
  try {
    await s3.call("CreateBucket", { Bucket: bucket, ObjectOwnership: "BucketOwnerEnforced", ...where });
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.code !== "BucketAlreadyOwnedByYou") throw error;
  }
}
