import { AwsCallError } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import type { Place } from "../settings/place.ts";

/** Where a trail's bucket is, if it is one of ours. */
export type Located =
  | { readonly kind: "found"; readonly place: Place }
  /** No bucket of that name is there. */
  | { readonly kind: "absent" }
  /** It is somebody else's, or may not be looked at. */
  | { readonly kind: "refused"; readonly sentence: string };

/** Looks for a bucket in our accounts, in the order given; the one that owns it is the place's. */
export async function locateBucket(
  name: string,
  among: { readonly partition: string; readonly accountIds: readonly string[]; readonly region: string },
  aws: SetupAws,
): Promise<Located> {
  let answer: Located = { kind: "absent" };
  for (const accountId of among.accountIds) {
    const found = await regionOfBucket(name, accountId, among.region, aws);
    if ("region" in found) {
      return { kind: "found", place: { accountId, region: found.region, arn: `arn:${among.partition}:s3:::${name}` } };
    }
    if (found.kind === "refused") answer = found;
  }
  return answer;
}

async function regionOfBucket(
  name: string,
  accountId: string,
  region: string,
  aws: SetupAws,
): Promise<{ readonly region: string } | Exclude<Located, { kind: "found" }>> {
  const s3 = await aws.client("s3", { accountId, region });
  try {
    const { LocationConstraint: at } = await s3.call("GetBucketLocation", {
      Bucket: name,
      ExpectedBucketOwner: accountId,
    });
    // Empty for us-east-1, EU for the oldest buckets of eu-west-1 (S3 API Reference, "GetBucketLocation").
    return { region: at === undefined || String(at) === "" ? "us-east-1" : at === "EU" ? "eu-west-1" : at };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    if (error.code === "NoSuchBucket") return { kind: "absent" };
    return { kind: "refused", sentence: error.message };
  }
}

/** The parts of an ARN that say whose it is and where. */
export function placeOfArn(arn: string): Place {
  const [, , , region = "", accountId = ""] = arn.split(":");
  return { accountId, region, arn };
}
