import type { AccountView, TrailView } from "../account/account.ts";
import type { PlanStep } from "../planning/plan.ts";
import { bucketStatements, keyStatements, queueStatement, topicStatement } from "../policies/statements.ts";
import type { Place } from "../settings/place.ts";
import type { SettingName, SettingValues, TrailValue } from "../settings/values.ts";
import { placeOfArn } from "../wiring/locate.ts";
import { partOfSetting } from "../wiring/part-of-setting.ts";
import type { Wiring, WiringPart } from "../wiring/wiring.ts";
import type { CheckContext } from "./check.ts";

export const own = "111122223333";
export const organizationId = "o-abc1234567";
export const dayMs = 86_400_000;
export const nowAt = Date.UTC(2026, 10, 21);
export const region = "us-east-1";

const ownPlace = (arn: string): Place => ({ accountId: own, region, arn });

export const places = {
  trail: ownPlace(`arn:aws:cloudtrail:${region}:${own}:trail/main`),
  bucket: ownPlace("arn:aws:s3:::company-logs"),
  topic: ownPlace(`arn:aws:sns:${region}:${own}:company-trail`),
  queue: ownPlace(`arn:aws:sqs:${region}:${own}:company-queue`),
  deadLetter: ownPlace(`arn:aws:sqs:${region}:${own}:company-queue-dead`),
  subscription: {
    ...ownPlace(`arn:aws:sns:${region}:${own}:company-trail`),
    to: `arn:aws:sqs:${region}:${own}:company-queue`,
  },
  key: ownPlace(`arn:aws:kms:${region}:${own}:key/11111111-2222-3333-4444-555555555555`),
  organization: { accountId: own, region: "us-east-1", arn: `arn:aws:organizations::${own}:organization/o-abc1234567` },
} as const satisfies Record<WiringPart, Place>;

export const trailValue: TrailValue = {
  bucket: "company-logs",
  prefix: "",
  topicArn: places.topic.arn,
  isMultiRegion: true,
  isOrganization: true,
  hasGlobalEvents: true,
  validatesLogFiles: true,
  keyArn: places.key.arn,
  logGroupArn: "",
  logRoleArn: "",
};

const trailArns = [places.trail.arn];
const tlsOnly = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [places.bucket.arn, `${places.bucket.arn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const keyOwner = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: "kms:*", Resource: "*" };

/** A policy's document, of its statements. */
export function policy(...statements: readonly object[]): SettingValues["bucket-policy"] {
  return { Version: "2012-10-17", Statement: statements };
}

/** Every setting as it should be: an organization's trail, encrypted, validated and locked. */
export const goodValues: SettingValues = {
  trail: trailValue,
  "trail-logging": true,
  "trail-selectors": {
    basic: [
      {
        ReadWriteType: "All",
        IncludeManagementEvents: true,
        DataResources: [{ Type: "AWS::Lambda::Function", Values: ["arn:aws:lambda"] }],
        ExcludeManagementEventSources: [],
      },
    ],
  },
  "trail-insights": ["ApiCallRateInsight Management"],
  bucket: { hasObjectLock: true },
  "bucket-public-access": {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },
  "bucket-ownership": "BucketOwnerEnforced",
  "bucket-encryption": { algorithm: "AES256", keyArn: "" },
  "bucket-versioning": "Enabled",
  "bucket-policy": policy(
    tlsOnly,
    ...bucketStatements({ bucketArn: places.bucket.arn, prefix: "", trailArns, folders: [own, organizationId] }),
  ),
  "bucket-lifecycle": [{ ID: "old", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 400 } }],
  "bucket-object-lock": { mode: "GOVERNANCE", days: 365 },
  topic: true,
  "topic-policy": policy(topicStatement({ topicArn: places.topic.arn, trailArns })),
  "topic-key": "alias/notices",
  queue: { retentionSeconds: 1_209_600, visibilitySeconds: 300, isEncrypted: true, keyId: "" },
  "queue-policy": policy(queueStatement({ queueArn: places.queue.arn, topicArns: [places.topic.arn] })),
  "queue-redrive": { deadLetterArn: places.deadLetter.arn, receivesMax: 5 },
  "dead-letter-queue": { retentionSeconds: 1_209_600, visibilitySeconds: 30, isEncrypted: true, keyId: "" },
  subscription: { isRaw: false, filterPolicy: "" },
  "key-state": "Enabled",
  "key-policy": policy(keyOwner, ...keyStatements({ trailArns })),
  "organization-access": true,
};

/** A whole good way, with what differs. */
export function wiring(values: Partial<SettingValues> = goodValues, rest: Partial<Wiring> = {}): Wiring {
  const status = {
    deliveryError: "",
    notificationError: "",
    lastDeliveryAt: nowAt - 300_000,
    lastNotificationAt: nowAt - 300_000,
    lastDigestAt: nowAt - 1_800_000,
    stoppedAt: undefined,
  };
  return { readAt: nowAt, places, values, unread: [], status, ...rest };
}

/** A trail as the account sees it. */
export function trailView(arn: string, value: Partial<TrailValue> = {}, rest: Partial<TrailView> = {}): TrailView {
  const { accountId, region: homeRegion } = placeOfArn(arn);
  return {
    arn,
    name: arn.slice(arn.lastIndexOf("/") + 1),
    homeRegion,
    ownerAccountId: accountId,
    value: { ...trailValue, ...value },
    isLogging: true,
    selectors: goodValues["trail-selectors"],
    insights: [],
    deliveryError: "",
    ...rest,
  };
}

export const account: AccountView = {
  readAt: nowAt,
  accountId: own,
  partition: "aws",
  organization: { id: organizationId, managementAccountId: own, mayManageTrails: true },
  regions: ["eu-central-1", region],
  trails: [trailView(places.trail.arn)],
  unread: [],
};

/** A way on which nothing has changed, with what differs. */
export function contextOf({ deployment, ...rest }: ContextDifference = {}): CheckContext {
  const names = { trail: "main", bucket: "company-logs", topic: "company-trail", queue: "company-queue" };
  const about = { name: "company", accountId: own, names, retentionDays: 365, now: nowAt };
  return { agreed: wiring(), now: wiring(), account, ...rest, deployment: { ...about, ...deployment } };
}

export type ContextDifference = Partial<Omit<CheckContext, "deployment">> & {
  readonly deployment?: Partial<CheckContext["deployment"]>;
};

/** The context with settings as they are now; undefined for what is not there. */
export function withNow(
  context: CheckContext,
  change: { readonly [Name in SettingName]?: SettingValues[Name] | undefined },
): CheckContext {
  const values = Object.fromEntries(
    Object.entries({ ...context.now.values, ...change }).filter(([, value]) => value !== undefined),
  );
  return { ...context, now: { ...context.now, values } };
}

/** The context after these steps were done; what is set elsewhere than on the way is looked up in the account. */
export function afterSteps(context: CheckContext, steps: readonly PlanStep[]): CheckContext {
  let next = context;
  for (const { setting, place, after } of steps) {
    const here = next.now.places[partOfSetting[setting]];
    if (here?.arn !== place.arn) continue;
    next = withNow(next, { [setting]: after ?? undefined });
  }
  return next;
}
