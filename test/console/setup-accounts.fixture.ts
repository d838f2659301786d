import type { Deployment, Wiring } from "../../console/src/setup-types.ts";

const minute = 60_000;

export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * minute).toISOString();
}

export const shopAccount = "111122223333";
export const region = "eu-central-1";
export const ownName = (accountId: string) => `trailwarden-${accountId}`;

export function deployment(name: string, accountId: string, more: Partial<Deployment> = {}): Deployment {
  const names = {
    trail: ownName(accountId),
    bucket: ownName(accountId),
    topic: ownName(accountId),
    queue: ownName(accountId),
  };
  return {
    name,
    accountId,
    region,
    depth: "care",
    roleArn: `arn:aws:iam::${accountId}:role/trailwarden`,
    externalId: "tw-6KQ2wq1R9xZr0mV4",
    logAccount: null,
    endpoint: null,
    isAgreed: more.lastCheck !== undefined,
    names,
    automatic: [],
    retentionDays: null,
    source: null,
    createdAt: minutesAgo(60 * 24 * 40),
    lastCheck: null,
    ...more,
  };
}

/** One in drift, one that is looked at only, one whose way is not laid yet, and one that can hardly be read. */
export const deployments: readonly Deployment[] = [
  deployment("data", "777788889999"),
  deployment("security", "123456789012", {
    lastCheck: { at: minutesAgo(95), drifts: 1 },
    endpoint: "http://127.0.0.1:4566",
  }),
  deployment("shop", shopAccount, {
    automatic: ["all"],
    retentionDays: 365,
    source: "shop-queue",
    lastCheck: { at: minutesAgo(3), drifts: 3 },
  }),
  deployment("staging", "444455556666", { depth: "look", roleArn: null, lastCheck: { at: minutesAgo(12), drifts: 0 } }),
];

export function places(accountId: string): Wiring["places"] {
  const at = (arn: string) => ({ accountId, region, arn });
  const name = ownName(accountId);
  return {
    trail: at(`arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`),
    bucket: at(`arn:aws:s3:::${name}`),
    topic: at(`arn:aws:sns:${region}:${accountId}:${name}`),
    queue: at(`arn:aws:sqs:${region}:${accountId}:${name}`),
    deadLetter: at(`arn:aws:sqs:${region}:${accountId}:${name}-dead-letters`),
    subscription: {
      ...at(`arn:aws:sns:${region}:${accountId}:${name}`),
      to: `arn:aws:sqs:${region}:${accountId}:${name}`,
    },
  };
}

export function wiring(accountId: string): Wiring {
  return {
    readAt: minutesAgo(0),
    places: places(accountId),
    values: {
      trail: { bucket: ownName(accountId), isMultiRegion: true, isOrganization: false, validatesLogFiles: true },
      "trail-logging": true,
      bucket: { hasObjectLock: false },
      "bucket-versioning": "Enabled",
      topic: true,
      queue: { retentionSeconds: 1_209_600 },
      "dead-letter-queue": { retentionSeconds: 1_209_600 },
      subscription: { isRaw: false, filterPolicy: "" },
    },
    unread: [],
    status: {
      deliveryError: "",
      notificationError: "",
      lastDeliveryAt: minutesAgo(4),
      lastNotificationAt: minutesAgo(4),
      lastDigestAt: minutesAgo(41),
      stoppedAt: null,
    },
  };
}
