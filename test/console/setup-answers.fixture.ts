import type { CheckResult, DoctorAnswer, Drift, HistoryEntry } from "../../console/src/setup-types.ts";
import { minutesAgo, ownName as own, places, region, shopAccount, wiring } from "./setup-accounts.fixture.ts";
import { bucketPolicy, planOf, step, theirs } from "./setup-plans.fixture.ts";

/** What an attacker may write into an event. */
export const hostileAgent = "curl/8 \u202Egnp.exe <img src=x onerror=window.owned=1>";

const culprit = {
  eventId: "0f3d7c12-6a47-4d5e-9a0e-5b8f2b1c7d11",
  eventName: "PutBucketPolicy",
  eventTime: minutesAgo(52),
  actor: `arn:aws:sts::${shopAccount}:assumed-role/Admin/hugo`,
  sourceIp: "203.0.113.24",
  userAgent: hostileAgent,
};

const policyStep = step("1", "bucket-policy", {
  place: places(shopAccount)["bucket"] ?? { accountId: shopAccount, region, arn: "" },
  before: { Version: "2012-10-17", Statement: [theirs] },
  after: { ...bucketPolicy(shopAccount), Statement: [theirs, ...(bucketPolicy(shopAccount)["Statement"] as object[])] },
  what: `Let CloudTrail write into the bucket ${own(shopAccount)} again`,
  why: "The smallest change that lets log files in: two statements are added.",
  undo: "The two statements are taken out again",
});

const loggingStep = step("1", "trail-logging", {
  place: places(shopAccount)["trail"] ?? { accountId: shopAccount, region, arn: "" },
  before: false,
  after: true,
  what: `Start the logging of the trail ${own(shopAccount)}`,
  why: "It was agreed on that it logs.",
  undo: "Logging is stopped",
});

const shopDrifts: Drift[] = [
  {
    check: "logging-stopped",
    about: `the trail ${own(shopAccount)}`,
    sentence: `The trail ${own(shopAccount)} has stopped logging`,
    loss: "Nothing of what is done in the account is recorded, in any region, as long as it stays so.",
    manner: "repair",
    heldBack: null,
    help: "",
    plan: planOf("shop", [loggingStep]),
    culprit: { ...culprit, eventName: "StopLogging", userAgent: "aws-cli/2.31.9" },
  },
  {
    check: "bucket-policy-changed",
    about: `the bucket ${own(shopAccount)}`,
    sentence: `The policy of the bucket ${own(shopAccount)} no longer lets CloudTrail write`,
    loss: "Log files are not delivered. CloudTrail tries again for 30 days, and charges for it.",
    manner: "propose",
    heldBack: "Terraform made this change: what it changes it would change again",
    help: "Ask who changed it whether that was meant",
    plan: planOf("shop", [policyStep]),
    culprit,
  },
  {
    check: "region-enabled",
    about: "the region ap-southeast-4",
    sentence: "The region ap-southeast-4 was enabled and no log file has come from it",
    loss: "What is done there may not be seen.",
    manner: "tell",
    heldBack: null,
    help: "Look whether the region is meant to be used; disable it in Account settings otherwise",
    plan: null,
    culprit: null,
  },
];

const { bucket: _bucket, ...securityValues } = wiring("123456789012").values;
const { topic: _topic, ...topiclessValues } = securityValues;

/** What a check finds, by the deployment's name. */
export const checks: Readonly<Record<string, CheckResult>> = {
  shop: {
    deployment: "shop",
    at: minutesAgo(0),
    drifts: shopDrifts,
    wiring: {
      ...wiring(shopAccount),
      values: { ...wiring(shopAccount).values, "trail-logging": false },
      status: {
        deliveryError: "AccessDenied",
        notificationError: "",
        lastDeliveryAt: minutesAgo(52),
        lastNotificationAt: minutesAgo(52),
        lastDigestAt: minutesAgo(101),
        stoppedAt: minutesAgo(40),
      },
    },
  },
  staging: { deployment: "staging", at: minutesAgo(0), drifts: [], wiring: wiring("444455556666") },
  security: {
    deployment: "security",
    at: minutesAgo(0),
    drifts: [
      {
        check: "topic-deleted",
        about: "the topic trailwarden-123456789012",
        sentence: "The topic trailwarden-123456789012 is not there any more",
        loss: "Log files come later: the bucket is looked through every 15 minutes instead.",
        manner: "propose",
        heldBack: null,
        help: "",
        plan: planOf("security", [loggingStep, policyStep]),
        culprit: null,
      },
    ],
    wiring: {
      ...wiring("123456789012"),
      values: topiclessValues,
      unread: [
        {
          setting: "bucket",
          code: "AccessDenied",
          sentence: "The bucket trailwarden-123456789012 may not be read: AccessDenied",
        },
      ],
      status: null,
    },
  },
};

/** A way that was just agreed on. */
export function agreedCheck(name: string): CheckResult {
  return { deployment: name, at: minutesAgo(0), drifts: [], wiring: wiring("777788889999") };
}

const aboutRight = { accountId: "777788889999", feature: "look", isOptional: false, help: "" };

export const doctorAnswer: DoctorAnswer = {
  findings: [
    {
      about: "identity",
      accountId: "777788889999",
      state: "good",
      sentence: "The role is taken on as arn:aws:sts::777788889999:assumed-role/trailwarden",
      help: "",
    },
    {
      about: "external-id",
      accountId: "777788889999",
      state: "bad",
      sentence: "The role can be taken on without the external ID",
      help: "Put the condition on sts:ExternalId back into its trust policy",
    },
  ],
  rows: [
    { ...aboutRight, action: "cloudtrail:DescribeTrails", on: "everything", state: "allowed", sentence: "Was called" },
    { ...aboutRight, action: "s3:GetBucketPolicy", on: "bucket", state: "allowed", sentence: "Was called" },
    {
      ...aboutRight,
      action: "s3:PutBucketPolicy",
      on: "bucket",
      feature: "care",
      state: "denied",
      sentence: "AccessDenied: no identity-based policy allows the action",
      help: "Update the stack of the role",
    },
    {
      ...aboutRight,
      action: "kms:Decrypt",
      on: "key",
      isOptional: true,
      state: "denied",
      sentence: "No policy allows it",
    },
    {
      ...aboutRight,
      action: "sns:Subscribe",
      on: "topic",
      feature: "care",
      state: "unknown",
      sentence: "Cannot be asked",
    },
  ],
  lacking: [{ feature: "care", actions: ["s3:PutBucketPolicy"] }],
};

export function historyOf(count: number): readonly HistoryEntry[] {
  const kinds = ["probe", "repaired", "drift", "held-back", "proposed", "applied", "undone", "agreed", "gone"];
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? "probe";
    return {
      id: String(1_000 - index).padStart(8, "0"),
      at: minutesAgo(index * 37),
      kind,
      check: kind === "probe" || kind === "applied" ? "" : "logging-stopped",
      about: kind === "probe" || kind === "applied" ? "" : `the trail ${own(shopAccount)}`,
      sentence: `Entry ${index + 1}: the trail ${own(shopAccount)} ${kind === "drift" ? "has stopped logging" : "logs"}`,
      culprit: kind === "drift" ? culprit : null,
      runId: null,
    };
  });
}
