import { type AwsClient, AwsCallError, type OutputOf } from "../../aws/index.ts";
import { nameOf, type Place } from "../settings/place.ts";
import type { SettingCall } from "../settings/setting.ts";
import type { StepTools } from "./run-tools.ts";

/** What the engine itself asks of AWS, beside what settings do: emptying a bucket of log files, when told to. */
export const runCalls: readonly SettingCall[] = [
  { action: "s3:ListBucketVersions", on: "bucket" },
  { action: "s3:DeleteObjectVersion", on: "objects" },
];

export type Emptied =
  | { readonly kind: "emptied"; readonly versions: number }
  /** Something else than log files lies there: nothing was deleted. */
  | { readonly kind: "foreign"; readonly key: string }
  /** S3 kept some, such as those under object lock. */
  | { readonly kind: "kept"; readonly key: string; readonly code: string }
  /** The program is to end; what is left is deleted when the run goes on. */
  | { readonly kind: "ended" };

type Bucket = { readonly Bucket: string; readonly ExpectedBucketOwner: string };
type Page = OutputOf<"s3", "ListObjectVersions">;

/**
 * Deletes all versions and delete markers of log files, for good. `prefix` is the trail's: log files lie below `AWSLogs/`
 * behind it, and if anything lies elsewhere, nothing is deleted at all.
 */
export async function emptyBucket(
  place: Place,
  prefix: string,
  { aws, signal }: Pick<StepTools, "aws" | "signal">,
): Promise<Emptied> {
  const s3 = await aws.client("s3", place);
  const bucket = { Bucket: nameOf(place), ExpectedBucketOwner: place.accountId };
  const folder = `${prefix === "" ? "" : `${prefix}/`}AWSLogs/`;
  const foreign = await findForeign(s3, bucket, folder);
  if (foreign !== undefined) return { kind: "foreign", key: foreign };
  for (let versions = 0; ;) {
    if (signal.aborted) return { kind: "ended" };
    // What is deleted is not listed again: every page is the first.
    const page = await s3.call("ListObjectVersions", { ...bucket, Prefix: folder });
    const named = namesIn(page).filter(({ Key }) => Key.startsWith(folder));
    if (named.length === 0) return { kind: "emptied", versions };
    const { Errors = [] } = await s3.call("DeleteObjects", { ...bucket, Delete: { Objects: named, Quiet: true } });
    refuseUnlessKept(Errors);
    const [kept] = Errors;
    if (kept !== undefined) return { kind: "kept", key: kept.Key ?? "", code: kept.Code ?? "" };
    versions += named.length;
  }
}

/** A key outside of the folder, found level by level: beside each part of the folder's name there may be nothing. */
async function findForeign(s3: AwsClient<"s3">, bucket: Bucket, folder: string): Promise<string | undefined> {
  const parts = folder.split("/").slice(0, -1);
  for (let depth = 0; depth < parts.length; depth++) {
    const level = parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join("");
    const onward = `${level}${parts[depth] ?? ""}/`;
    // Two names are enough to know: the way on, and any other.
    const page = await s3.call("ListObjectVersions", { ...bucket, Prefix: level, Delimiter: "/", MaxKeys: 2 });
    const names = [
      ...namesIn(page).map(({ Key }) => Key),
      ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix),
    ];
    const foreign = names.find((name) => name !== onward);
    if (foreign !== undefined) return foreign;
  }
  return undefined;
}

type Refused = NonNullable<OutputOf<"s3", "DeleteObjects">["Errors"]>[number];

/** Objects that are locked are kept for good; what S3 says of others may be mended, and is an error as of any call. */
function refuseUnlessKept(errors: readonly Refused[]): void {
  const refused = errors.find(
    ({ Code, Message = "" }) => Code !== "AccessDenied" || Message.includes("not authorized to perform"),
  );
  if (refused === undefined) return;
  const { Code: code = "Unknown", Message: message = "" } = refused;
  const status = code === "AccessDenied" ? 403 : 500;
  throw AwsCallError.of({ service: "s3", operation: "DeleteObjects" }, { code, message, status });
}

function namesIn({ Versions = [], DeleteMarkers = [] }: Page): { readonly Key: string; readonly VersionId: string }[] {
  return [...Versions, ...DeleteMarkers].map(({ Key = "", VersionId = "null" }) => ({ Key, VersionId }));
}
