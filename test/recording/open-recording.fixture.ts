import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { trailBucketPolicy } from "../../bench/harness/recorded-calls.ts";
import { type Clock } from "../../src/base/clock.ts";
import { type CloudTrailRecord } from "../../src/cloudtrail/index.ts";
import { type StageOptions } from "../../src/sandbox/stories/index.ts";
import { madeUpAccounts } from "../../src/sandbox/made-up-events/accounts.ts";
import { openSandbox, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";

/** A sandbox in which trails of all accounts write everything into one bucket. */
export interface Recording extends AsyncDisposable {
  readonly opened: TestSandbox;
  /** On which waiting pushes the sandbox's clock, so that a story takes as long as its calls. */
  readonly stage: StageOptions;
  /** Every record that was made, as the recorder wrote it down before anything was done with it. */
  journal(): Promise<readonly string[]>;
  /** Every record in log files of the bucket; reading them is recorded, too. */
  delivered(): Promise<readonly CloudTrailRecord[]>;
}

export const logsBucket = "example-all-logs";
/** Where the bucket is; records of deliveries to it are its account's. */
export const logsAccount = "123456789012";
const logsRegion = "eu-central-1";

export async function openRecording(seed: string): Promise<Recording> {
  const opened = await openSandbox({ seed });
  const { clock, stage } = opened.sandbox;
  await makeTrails(opened);
  return {
    opened,
    stage: { ...stage, clock: hurried(clock) },
    journal: () => journalOf(opened.folder),
    delivered: async () => recordsIn(await filesIn(opened)),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

/** Whoever waits pushes the clock. */
function hurried(clock: Clock & { advance(milliseconds: number): void }): Clock {
  return {
    now: () => clock.now(),
    waitUntil(at, signal) {
      signal?.throwIfAborted();
      clock.advance(Math.max(0, at - clock.now()));
      return Promise.resolve();
    },
  };
}

async function makeTrails(opened: TestSandbox): Promise<void> {
  const s3 = await opened.client("s3", { accountId: logsAccount });
  await s3.call("CreateBucket", {
    Bucket: logsBucket,
    CreateBucketConfiguration: { LocationConstraint: logsRegion },
  });
  await s3.call("PutBucketPolicy", { Bucket: logsBucket, Policy: trailBucketPolicy(logsBucket) });
  for (const { id: accountId } of madeUpAccounts) {
    const cloudtrail = await opened.client("cloudtrail", { accountId });
    await cloudtrail.call("CreateTrail", { Name: "everything", S3BucketName: logsBucket, IsMultiRegionTrail: true });
    const data = (type: string) => ({
      FieldSelectors: [
        { Field: "eventCategory", Equals: ["Data"] },
        { Field: "resources.type", Equals: [type] },
      ],
    });
    await cloudtrail.call("PutEventSelectors", {
      TrailName: "everything",
      AdvancedEventSelectors: [
        { FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
        ...["AWS::S3::Object", "AWS::SNS::Topic", "AWS::SQS::Queue"].map(data),
      ],
    });
    await cloudtrail.call("StartLogging", { Name: "everything" });
  }
}

/** The sandbox keeps its journal's newest segments; in a test there is no other. */
async function journalOf(folder: string): Promise<readonly string[]> {
  const names = (await readdir(join(folder, "journal"))).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, "journal", name), "utf8")));
  return texts
    .join("")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.slice(line.indexOf("{")));
}

async function filesIn(opened: TestSandbox): Promise<readonly Uint8Array[]> {
  const s3 = await opened.client("s3", { accountId: logsAccount });
  const files: Uint8Array[] = [];
  for (let token: string | undefined, isDone = false; !isDone;) {
    const page = await s3.call("ListObjectsV2", { Bucket: logsBucket, ContinuationToken: token });
    for (const { Key = "" } of page.Contents ?? []) {
      if (!Key.includes("/CloudTrail/")) continue;
      const { Body } = await s3.call("GetObject", { Bucket: logsBucket, Key });
      if (Body !== undefined) files.push(await Body.transformToByteArray());
    }
    token = page.NextContinuationToken;
    isDone = token === undefined;
  }
  return files;
}

function recordsIn(files: readonly Uint8Array[]): readonly CloudTrailRecord[] {
  return files.flatMap(
    (file) =>
      (JSON.parse(gunzipSync(file).toString("utf8")) as { readonly Records: readonly CloudTrailRecord[] }).Records,
  );
}
