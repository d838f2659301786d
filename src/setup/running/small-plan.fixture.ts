import type { Clock } from "../../base/clock.ts";
import type { PlanStep, SetupPlan } from "../planning/plan.ts";
import { type Place, placeKey } from "../settings/place.ts";
import type { SettingName } from "../settings/values.ts";
import type { MemoryRuns } from "./memory-runs.fixture.ts";
import type { RunTools } from "./run-tools.ts";
import { SmallAccount } from "./small-account.fixture.ts";

const accountId = "111122223333";
const region = "eu-central-1";
const at = (arn: string): Place => ({ accountId, region, arn });

export const places = {
  bucket: at("arn:aws:s3:::logs"),
  topic: at(`arn:aws:sns:${region}:${accountId}:logs`),
  queue: at(`arn:aws:sqs:${region}:${accountId}:logs`),
  deadLetter: at(`arn:aws:sqs:${region}:${accountId}:logs-dead-letters`),
  subscription: {
    ...at(`arn:aws:sns:${region}:${accountId}:logs`),
    to: `arn:aws:sqs:${region}:${accountId}:logs`,
  },
  trail: at(`arn:aws:cloudtrail:${region}:${accountId}:trail/main`),
};

const policy = (...sids: readonly string[]) => ({ Statement: sids.map((Sid) => ({ Sid })) });
const queue = { retentionSeconds: 1_209_600, visibilitySeconds: 300, isEncrypted: true, keyId: "" };
const trail = { bucket: "old", prefix: "", topicArn: "", isMultiRegion: false, validatesLogFiles: false };

/** An account with a topic and a stopped trail; somebody else's queue is in it too. */
export function smallAccount(): SmallAccount {
  const account = new SmallAccount();
  account.set("topic", places.topic, true);
  account.set("topic-policy", places.topic, policy("theirs"));
  account.set("trail", places.trail, trail);
  account.set("trail-logging", places.trail, false);
  account.set("trail-insights", places.trail, ["ApiErrorRateInsight"]);
  account.set("queue", at(`arn:aws:sqs:${region}:${accountId}:theirs`), queue);
  return account;
}

/** Every kind of step: things that are made with what is set on them, things that are changed, in one call or in several. */
export const smallSteps: readonly PlanStep[] = [
  step("bucket", places.bucket, null, { hasObjectLock: false }),
  step("bucket-ownership", places.bucket, null, "BucketOwnerEnforced"),
  step("bucket-encryption", places.bucket, null, { algorithm: "aws:kms", keyArn: "k" }),
  step("bucket-policy", places.bucket, null, policy("write")),
  step("topic-policy", places.topic, policy("theirs"), policy("theirs", "publish")),
  step("dead-letter-queue", places.deadLetter, null, queue),
  step("queue", places.queue, null, queue),
  step("queue-policy", places.queue, null, policy("send")),
  step("queue-redrive", places.queue, null, { deadLetterArn: places.deadLetter.arn, receivesMax: 9 }),
  step("subscription", places.subscription, null, { isRaw: true, filterPolicy: "" }),
  step("trail", places.trail, trail, {
    ...trail,
    bucket: "logs",
    topicArn: places.topic.arn,
    isMultiRegion: true,
    validatesLogFiles: true,
  }),
  step("trail-logging", places.trail, false, true),
  step("trail-insights", places.trail, ["ApiErrorRateInsight"], ["ApiCallRateInsight"]),
];

function step(setting: SettingName, place: Place, before: unknown, after: unknown): PlanStep {
  const told = { what: `Set ${setting}`, why: "A test", cost: "Nothing", undo: "It is set back" };
  return { id: `${setting} ${placeKey(place)}`, setting, place, before, after, ...told };
}

export const smallPlan: SetupPlan = {
  id: "plan",
  deployment: "payments",
  madeAt: 0,
  choice: { kind: "use", trailArn: places.trail.arn, sentence: "It is used" },
  places,
  steps: smallSteps,
  notes: [],
  obstacles: [],
};

/** A clock on which waiting takes no time. */
export function hurriedClock(): Clock {
  let now = 1_000;
  return {
    now: () => now,
    async waitUntil(until, signal) {
      signal?.throwIfAborted();
      now = Math.max(now, until);
    },
  };
}

/** Tools of a process that has just begun. */
export function toolsFor(account: SmallAccount, runs: MemoryRuns, changes: Partial<RunTools> = {}): RunTools {
  return {
    runs,
    underWay: new Set(),
    settingOf: account.settingOf,
    awsOf: () => Promise.resolve({ client: () => Promise.reject(new Error("There is no AWS here")) }),
    clock: hurriedClock(),
    newId: () => `run-${runs.all.length + 1}`,
    signal: new AbortController().signal,
    onStep: () => undefined,
    ...changes,
  };
}
