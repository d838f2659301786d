import { fetchObject } from "../../fetch/fetch-object.ts";
import type { Branch } from "../../listing/branch.ts";
import { BranchCalendar } from "../../listing/branch-calendar.ts";
import { dayFolder, dayOf } from "../../listing/days.ts";
import { discover, type Discovery } from "../../listing/discover.ts";
import type { ListedObject } from "../../listing/folder-lister.ts";
import { S3Lister } from "../../listing/s3-lister.ts";
import { whyNot } from "../account-selection.ts";
import { diagnose } from "../diagnose.ts";
import { good, type Finding } from "../findings.ts";
import type { CheckContext } from "../source.ts";
import type { BucketSettings } from "./bucket-settings.ts";
import { emptyBucket, logBranches } from "./empty-bucket.ts";

const requestsAtOnce = 6;
/** In so many branches a file is looked for that can be read for the test. */
const branchesTried = 10;

/** Looks whether the bucket can be listed, what it holds, and whether a file of it can be read; changes nothing. */
export async function* checkBucket(settings: BucketSettings, context: CheckContext): AsyncGenerator<Finding> {
  const { aws, signal } = context;
  const { bucket, prefix, region } = settings;
  const about = aboutOf(settings);
  const lister = new S3Lister(aws, { requestsAtOnce });
  let discovery: Discovery;
  try {
    discovery = await discover({ bucket, prefix }, { lister, signal, whyNot: whyNot(settings) });
  } catch (error) {
    signal.throwIfAborted();
    yield diagnose(error, { what: `the bucket ${bucket}`, ...about });
    return;
  }
  yield good(`The bucket ${bucket} is there, in ${lister.regionOf(bucket) ?? region}, and may be listed`);
  for (const error of discovery.failures.slice(0, 1)) yield diagnose(error, { what: `the bucket ${bucket}`, ...about });
  yield* tellEncryption(settings, lister, context);
  if (logBranches(discovery).length === 0) {
    yield emptyBucket(settings, [discovery]);
    return;
  }
  yield good(contentsOf(discovery));
  yield* readOne(settings, discovery, lister, context);
}

function aboutOf({ region, bucketRoleArn, roleArn = bucketRoleArn }: BucketSettings) {
  return { region, roleArn };
}

function contentsOf(discovery: Discovery): string {
  const { leftOut } = discovery;
  const branches = logBranches(discovery);
  const accounts = new Set(branches.map(({ accountId }) => accountId)).size;
  const regions = new Set(branches.map(({ region }) => region)).size;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const rest = leftOut.size === 0 ? "" : `; ${count(leftOut.size, "account")} left out as asked`;
  return `It holds log files of ${count(accounts, "account")} in ${count(regions, "region")}${rest}`;
}

async function* tellEncryption(
  { bucket }: BucketSettings,
  lister: S3Lister,
  { aws, signal }: CheckContext,
): AsyncGenerator<Finding> {
  try {
    const s3 = await aws.client("s3", lister.regionOf(bucket));
    const { ServerSideEncryptionConfiguration: set } = await s3.call(
      "GetBucketEncryption",
      { Bucket: bucket },
      { signal },
    );
    const key = set?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
    if (key !== undefined) yield good(`It encrypts with the KMS key ${key}, so that kms:Decrypt on that key is needed`);
  } catch {
    // The right is one that it can do without.
    signal.throwIfAborted();
  }
}

async function* readOne(
  settings: BucketSettings,
  discovery: Discovery,
  lister: S3Lister,
  context: CheckContext,
): AsyncGenerator<Finding> {
  const { aws, signal } = context;
  const { bucket } = settings;
  let what = `the bucket ${bucket}`;
  try {
    const object = await findOne(logBranches(discovery), lister, context);
    if (object === undefined) return;
    what = `s3://${bucket}/${object.key}`;
    // A file so large that it would go to disk is not chosen.
    await fetchObject({ bucket, key: object.key }, { aws, folder: "/nonexistent", signal, regions: new Map() });
    yield good(`The log file ${what} can be read`);
  } catch (error) {
    signal.throwIfAborted();
    yield diagnose(error, { what, ...aboutOf(settings) });
  }
}

/** The smallest log file of the newest day of a branch that has any. */
async function findOne(
  branches: readonly Branch[],
  lister: S3Lister,
  { clock, signal }: CheckContext,
): Promise<ListedObject | undefined> {
  for (const branch of branches.slice(0, branchesTried)) {
    const day = await new BranchCalendar(branch, lister).newestUpTo(dayOf(clock.now()) + 1, signal);
    if (day === undefined) continue;
    for await (const { objects } of lister.pages(branch.bucket, `${branch.path}${dayFolder(day)}`, signal)) {
      const [smallest] = objects.filter(isSmallFile).sort((a, b) => a.sizeBytes - b.sizeBytes);
      if (smallest !== undefined) return smallest;
    }
  }
  return undefined;
}

function isSmallFile({ key, sizeBytes }: ListedObject): boolean {
  return sizeBytes > 0 && sizeBytes <= 1024 * 1024 && !key.endsWith("/");
}
