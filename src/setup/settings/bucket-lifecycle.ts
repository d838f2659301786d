import type { InputOf, OutputOf } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import { askBucket, bucketCalls, ownedBucket, sendToBucket } from "./bucket-place.ts";
import { nameOf, type Place } from "./place.ts";
import { settingRequest, type SettingRequest } from "./setting-request.ts";
import { type Change, defineSetting } from "./setting.ts";
import type { SettingValues } from "./values.ts";

type Lifecycle = OutputOf<"s3", "GetBucketLifecycleConfiguration">;
type Rules = NonNullable<InputOf<"s3", "PutBucketLifecycleConfiguration">["LifecycleConfiguration"]>["Rules"];

/** When objects are moved to other storage, and when they are deleted. */
export const bucketLifecycleSetting = defineSetting<"bucket-lifecycle">({
  name: "bucket-lifecycle",
  title: (place) => `the lifecycle rules of the bucket ${nameOf(place)}`,
  calls: bucketCalls({
    get: ["GetLifecycleConfiguration"],
    put: ["GetLifecycleConfiguration", "PutLifecycleConfiguration"],
  }),
  get: async (place, aws) => printRules((await readLifecycle(place, aws))?.Rules ?? []),
  async put(place, change, aws) {
    const now = isNothing(change) ? undefined : await readLifecycle(place, aws);
    await sendToBucket([requestFor(place, change, now)], aws, change);
  },
  commands: (place, change) => [requestFor(place, change).command()],
});

function readLifecycle(place: Place, aws: SetupAws): Promise<Lifecycle | undefined> {
  return askBucket({ place, aws, absentCode: "NoSuchLifecycleConfiguration" }, (s3, bucket) =>
    s3.call("GetBucketLifecycleConfiguration", bucket),
  );
}

function isNothing({ after = [] }: Change<"bucket-lifecycle">): boolean {
  return after.length === 0;
}

function requestFor(place: Place, change: Change<"bucket-lifecycle">, now?: Lifecycle): SettingRequest {
  const owned = ownedBucket(place);
  if (isNothing(change)) return settingRequest(place, "s3", "DeleteBucketLifecycle", owned);
  const { TransitionDefaultMinimumObjectSize: smallest } = now ?? {};
  return settingRequest(place, "s3", "PutBucketLifecycleConfiguration", {
    ...owned,
    LifecycleConfiguration: { Rules: readRules(change.after ?? []) },
    // S3 sets it back where it is not said again (S3 API Reference, "PutBucketLifecycleConfiguration").
    ...(smallest === undefined ? {} : { TransitionDefaultMinimumObjectSize: smallest }),
  });
}

/** As JSON: without members that are undefined, and with dates as text. */
function printRules(rules: NonNullable<Lifecycle["Rules"]>): SettingValues["bucket-lifecycle"] | undefined {
  if (rules.length === 0) return undefined;
  return JSON.parse(JSON.stringify(rules)) as SettingValues["bucket-lifecycle"];
}

/** As the SDK wants them: with dates. */
function readRules(rules: SettingValues["bucket-lifecycle"]): Rules {
  const text = JSON.stringify(rules);
  return JSON.parse(text, (name, value: unknown) =>
    name === "Date" && typeof value === "string" ? new Date(value) : value,
  ) as Rules;
}
