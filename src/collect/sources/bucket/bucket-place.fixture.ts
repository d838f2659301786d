import { gzipSync } from "node:zlib";
import { setTimeout as pause } from "node:timers/promises";
import { makeLogFile, makeRecord } from "../../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../../test/fixtures/temporary-folder.ts";
import type { AwsClient } from "../../../aws/index.ts";
import type { Clock } from "../../../base/clock.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../../sandbox/sandbox.fixture.ts";
import type { Finding } from "../findings.ts";
import { openStoredPlace } from "../source-place.fixture.ts";
import { bucketSettings } from "./bucket-settings.ts";
import { bucketSource } from "./bucket-source.ts";

type StoredPlace = Awaited<ReturnType<typeof openStoredPlace>>;

/** A bucket source at work in a place of its own, until it is disposed of. */
export interface RunningBucket extends AsyncDisposable {
  readonly place: StoredPlace;
  /** Waits until something is so. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  events(): Promise<number>;
}

/** A made-up AWS with one bucket. */
export interface BucketPlace extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  readonly clock: TestSandbox["sandbox"]["clock"];
  readonly s3: AwsClient<"s3">;
  readonly folder: string;
  put(key: string, ...records: number[]): Promise<void>;
  start(
    settings?: Readonly<Record<string, unknown>>,
    folder?: string,
    secrets?: Readonly<Record<string, string>>,
  ): Promise<RunningBucket>;
  check(settings?: Readonly<Record<string, unknown>>, secrets?: Readonly<Record<string, string>>): Promise<Finding[]>;
}

export const madeBucketName = "example-logs";

export async function openBucketPlace(options: { readonly region?: string } = {}): Promise<BucketPlace> {
  const region = options.region ?? sandboxRegion;
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.use(await openSandbox({ regions: [sandboxRegion, "us-east-1"] }));
  const { path: folder } = stack.use(makeTemporaryFolder());
  const { clock } = sandbox.sandbox;
  const s3 = await sandbox.client("s3", { region });
  await s3.call("CreateBucket", {
    Bucket: madeBucketName,
    ...(region === "us-east-1"
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as typeof sandboxRegion } }),
  });
  const settle = (fields: Readonly<Record<string, unknown>>) =>
    bucketSettings.parse({
      ...{ bucket: madeBucketName, region: sandboxRegion, endpoint: sandbox.sandbox.url, everySeconds: 5 },
      ...fields,
    });
  const { accessKeyId, secretAccessKey } = sandbox.sandbox.administrator(sandboxAccount);
  const secrets = { accessKeyId, secretAccessKey };
  const parts = stack.move();
  return {
    ...{ sandbox, clock, s3, folder },
    async put(Key, ...records) {
      const Body = gzipSync(makeLogFile(records.map((record) => makeRecord(record))));
      await s3.call("PutObject", { Bucket: madeBucketName, Key, Body });
    },
    async start(fields = {}, inside = folder, as = secrets) {
      const settings = settle(fields);
      const place = await openStoredPlace({ clock, secrets: as, access: settings, folder: inside, name: "logs" });
      return runningBucket(place, settings, clock);
    },
    async check(fields = {}, as = secrets) {
      const settings = settle(fields);
      await using place = await openStoredPlace({ clock, secrets: as, access: settings });
      const findings: Finding[] = [];
      for await (const finding of bucketSource.check(settings, place.context)) findings.push(finding);
      return findings;
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

function runningBucket(
  place: StoredPlace,
  settings: Parameters<typeof bucketSource.run>[0],
  clock: Clock,
): RunningBucket {
  const failures: unknown[] = [];
  const running = bucketSource.run(settings, place.context).catch((error: unknown) => {
    if (!place.stopping.signal.aborted) failures.push(error);
  });
  return {
    place,
    async until(isSo) {
      const began = clock.now();
      while (!(await isSo())) {
        if (failures.length > 0) throw failures[0];
        if (clock.now() - began > 60_000) throw new Error("It did not come to be", { cause: place.watch.troubles });
        await pause(20);
      }
    },
    events: async () => (await place.store.statistics()).events,
    async [Symbol.asyncDispose]() {
      place.stopping.abort(new DOMException("Stopped", "AbortError"));
      await running;
      await place[Symbol.asyncDispose]();
    },
  };
}

/** Secrets of a new user who has just these rights. */
export async function makeUser(
  sandbox: TestSandbox,
  accountId: string,
  actions: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const iam = await sandbox.client("iam", { accountId });
  const UserName = "narrow";
  await iam.call("CreateUser", { UserName });
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
  });
  await iam.call("PutUserPolicy", { UserName, PolicyName: "just-these", PolicyDocument });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName });
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}
