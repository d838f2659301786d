import type { Bill, CostAnswer, PlanAnswer, PlanStep, SetupPlan } from "../../console/src/setup-types.ts";
import { minutesAgo, ownName as own, places, region, shopAccount } from "./setup-accounts.fixture.ts";

export const theirs = {
  Sid: "TheirOwn",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::444455556666:role/audit" },
  Action: ["s3:GetObject", "s3:ListBucket"],
  Resource: [`arn:aws:s3:::${own(shopAccount)}`, `arn:aws:s3:::${own(shopAccount)}/*`],
};

export function bucketPolicy(accountId: string): Readonly<Record<string, unknown>> {
  const trailArn = `arn:aws:cloudtrail:${region}:${accountId}:trail/${own(accountId)}`;
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TrailwardenAclCheck",
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "s3:GetBucketAcl",
        Resource: `arn:aws:s3:::${own(accountId)}`,
        Condition: { StringEquals: { "aws:SourceArn": trailArn } },
      },
      {
        Sid: "TrailwardenWrite",
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${own(accountId)}/AWSLogs/${accountId}/*`,
        Condition: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
    ],
  };
}

export function step(
  id: string,
  setting: string,
  more: Pick<PlanStep, "place" | "before" | "after" | "what" | "why"> & Partial<PlanStep>,
): PlanStep {
  return { id, setting, cost: "Nothing", undo: "Put back as it was", ...more };
}

export function planOf(name: string, steps: readonly PlanStep[], more: Partial<SetupPlan> = {}): SetupPlan {
  return {
    id: `plan-of-${name}`,
    deployment: name,
    madeAt: minutesAgo(0),
    choice: { kind: "use", trailArn: null, sentence: "The trail is used that is there." },
    places: {},
    steps: [...steps],
    notes: [],
    obstacles: [],
    ...more,
  };
}

/** All that an empty account needs. */
export function firstPlan(name: string, accountId: string): PlanAnswer {
  const at = places(accountId);
  const placeAt = (part: "trail" | "bucket" | "topic" | "queue" | "deadLetter" | "subscription") =>
    at[part] ?? { accountId, region, arn: "" };
  const title = own(accountId);
  const steps = [
    step("1", "bucket", {
      place: placeAt("bucket"),
      before: null,
      after: { hasObjectLock: false },
      what: `Make the bucket ${title}`,
      why: "CloudTrail needs a bucket for its log files, and there is none of ours.",
      cost: "About $0.41 a month for the log files in it",
      undo: "The bucket is deleted if it is empty; log files stay otherwise",
    }),
    step("2", "bucket-public-access", {
      place: placeAt("bucket"),
      before: null,
      after: { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true },
      what: `Keep the bucket ${title} from the public`,
      why: "Nobody but CloudTrail and you has any business in it.",
    }),
    step("3", "bucket-policy", {
      place: placeAt("bucket"),
      before: { Version: "2012-10-17", Statement: [theirs] },
      after: { ...bucketPolicy(accountId), Statement: [theirs, ...(bucketPolicy(accountId)["Statement"] as object[])] },
      what: `Let CloudTrail write into the bucket ${title}`,
      why: "Two statements are added, for this trail alone. The statements that are there stay as they are.",
      undo: "The two statements are taken out again",
    }),
    step("4", "topic", {
      place: placeAt("topic"),
      before: null,
      after: true,
      what: `Make the topic ${title}`,
      why: "Each log file is announced on it.",
    }),
    step("5", "queue", {
      place: placeAt("queue"),
      before: null,
      after: { retentionSeconds: 1_209_600, visibilitySeconds: 300, isEncrypted: true, keyId: "" },
      what: `Make the queue ${title}`,
      why: "Trailwarden hears of log files here.",
      cost: "Under $0.01 a month",
    }),
    step("6", "subscription", {
      place: placeAt("subscription"),
      before: null,
      after: { isRaw: false, filterPolicy: "" },
      what: `Subscribe the queue ${title} to the topic`,
      why: "What is announced has to reach the queue.",
    }),
    step("7", "trail", {
      place: placeAt("trail"),
      before: null,
      after: {
        bucket: title,
        prefix: "",
        topicArn: placeAt("topic").arn,
        isMultiRegion: true,
        isOrganization: false,
        hasGlobalEvents: true,
        validatesLogFiles: true,
        keyArn: "",
        logGroupArn: "",
        logRoleArn: "",
      },
      what: `Make the trail ${title} for all regions`,
      why: "There is no trail in any region of the account.",
      cost: "Nothing: it is the first copy of management events",
      undo: "The trail is deleted",
    }),
    step("8", "trail-logging", {
      place: placeAt("trail"),
      before: false,
      after: true,
      what: `Start the logging of the trail ${title}`,
      why: "A trail that is made does not log by itself.",
      undo: "Logging is stopped",
    }),
  ];
  return {
    plan: planOf(name, steps, {
      choice: {
        kind: "create",
        trailArn: placeAt("trail").arn,
        sentence: "There is no trail in any of the 17 regions of this account, so one is made for all of them.",
      },
      notes: [
        "Log files that CloudTrail kept from before cannot be had: its event history of 90 days can, by a source of its own.",
      ],
    }),
    instructions: steps.map(({ id, place, what }) => ({
      stepId: id,
      commands: [`# ${what}`, `aws cloudtrail example --name '${place.arn}' --region ${region}`],
    })),
    bill: firstBill,
  };
}

const trailArn = `arn:aws:cloudtrail:${region}:${shopAccount}:trail/${own(shopAccount)}`;

const firstBill: Bill = {
  lines: [
    {
      trailArn,
      what: "First copy of management events",
      why: "The first trail of a region records them for nothing",
      quantity: 1_840_000,
      unit: "events",
      unitPrice: "0 for 100,000",
      amountMicros: 0,
      isFree: true,
      isAtMost: false,
      source: "aws.amazon.com/cloudtrail/pricing, 2026-11-02",
    },
    {
      trailArn,
      what: "Log files in the bucket",
      why: "S3 Standard, with what comes in a month, kept for a year",
      quantity: 17.8 * 2 ** 30,
      unit: "byte-months",
      unitPrice: "0.023 for 1,073,741,824",
      amountMicros: 409_400,
      isFree: false,
      isAtMost: true,
      source: "AWS price list, 2026-11-02",
    },
    {
      trailArn,
      what: "Requests to the queue",
      why: "Trailwarden asks every 20 seconds",
      quantity: 129_600,
      unit: "requests",
      unitPrice: "0.40 for 1,000,000",
      amountMicros: 5_100,
      isFree: false,
      isAtMost: false,
      source: "AWS price list, 2026-11-02",
    },
  ],
  totalMicros: 414_500,
  addedMicros: 414_500,
  warnings: ["If the bucket is ever encrypted with a KMS key, each log file that is read is a call that is charged"],
  unknowns: ["How long log files are kept is not known: nobody has said so."],
  basis: "Reckoned for an account of middle size, as no events of this one are here yet.",
};

export const shopCost: CostAnswer = {
  bill: {
    ...firstBill,
    lines: [
      {
        trailArn,
        what: "Second copy of management events",
        why: "The trail audit-old in eu-west-1 records what trailwarden-111122223333 records already",
        quantity: 1_840_000,
        unit: "events",
        unitPrice: "2.00 for 100,000",
        amountMicros: 36_800_000,
        isFree: false,
        isAtMost: false,
        source: "aws.amazon.com/cloudtrail/pricing, 2026-11-02",
      },
      ...firstBill.lines,
    ],
    totalMicros: 37_214_500,
    addedMicros: null,
    basis: "Reckoned from the events of the last 30 days",
    warnings: [],
    unknowns: [],
  },
  duplicates: [
    {
      trailArn: `arn:aws:cloudtrail:eu-west-1:${shopAccount}:trail/audit-old`,
      trailName: "audit-old",
      keeps: { trailArn, trailName: own(shopAccount) },
      amountMicros: 36_800_000,
      hasMore: false,
      sentence: "The trail audit-old in eu-west-1 is a paid second copy: $36.80 a month",
      help: "Stop it if nobody reads its bucket. Trailwarden does not touch it",
    },
  ],
};

export const emptyPlan: PlanAnswer = {
  plan: planOf("staging", [], {
    choice: {
      kind: "use",
      trailArn: null,
      sentence: "The trail trailwarden-444455556666 records all regions already, and its way is as it should be.",
    },
  }),
  instructions: [],
  bill: {
    ...firstBill,
    lines: firstBill.lines.slice(0, 1),
    totalMicros: 0,
    addedMicros: 0,
    warnings: [],
    unknowns: [],
  },
};

export const blockedPlan: PlanAnswer = {
  ...firstPlan("security", "123456789012"),
  plan: {
    ...firstPlan("security", "123456789012").plan,
    obstacles: [
      {
        sentence: "There are five trails in eu-central-1 already, and AWS allows no more",
        help: "Delete one that nobody reads, or name one to be used",
      },
    ],
  },
};
