import type { AccountView } from "../account/account.ts";
import {
  digestBytes,
  digestListingsInMonth,
  digestsInMonth,
  filesInMonthMost,
  gzipShare,
  listingsInMonth,
  waitsInMonth,
} from "./habits.ts";
import type { LineEntry } from "./line-book.ts";
import type { Reach } from "./reach.ts";
import { volumeIndex } from "./volume-index.ts";
import { monthDays, type Volumes } from "./volumes.ts";

/** What one trail brings about in one account and region in a month. */
export interface Deliveries {
  readonly accountId: string;
  readonly region: string;
  readonly files: number;
  /** Inflated. */
  readonly bytes: number;
  readonly digests: number;
  /** Of the records' JSON, as CloudWatch Logs gets it. */
  readonly recordBytes: number;
  /** Nobody has counted the trail's own files: they are taken for as many as the busiest trail's beside it. */
  readonly isGuess: boolean;
}

export interface DeliveryAsk {
  readonly views: readonly AccountView[];
  readonly volumes: Volumes;
  /** Log files are kept so long; nothing when they are kept for good. */
  readonly retentionDays: number | undefined;
  /** Trailwarden fetches the trail's files. */
  readonly isCollected: boolean;
}

/** The log files and digests of a trail, by account and region. */
export function deliveriesOf(reach: Reach, { views, volumes }: Pick<DeliveryAsk, "views" | "volumes">): Deliveries[] {
  const { value } = reach.trail;
  const place = `s3://${value.bucket}${value.prefix === "" ? "" : `/${value.prefix}`}`;
  const index = volumeIndex(volumes);
  const [own] = views;
  return volumes.accounts.flatMap((accountId) => {
    const enabled = (views.find((view) => view.accountId === accountId) ?? own)?.regions ?? [];
    const regions = [...new Set([...enabled, ...index.regionsOf(accountId)])];
    return regions
      .filter((region) => reach.reaches(accountId, region))
      .map((region) => {
        const cells = index.cellsAt(accountId, region).filter((cell) => reach.records(cell) !== "none");
        const recordBytes = cells.reduce((sum, { bytes }) => sum + bytes, 0);
        const events = cells.reduce((sum, cell) => sum + cell.events, 0);
        const delivered = index.deliveredAt(accountId, region);
        const counted = delivered.find((one) => one.place === place);
        const files = delivered.length === 0 ? filesInMonthMost : Math.max(...delivered.map((one) => one.files));
        return {
          accountId,
          region,
          files: counted?.files ?? Math.min(events, files),
          bytes: counted?.bytes ?? recordBytes,
          digests: value.validatesLogFiles ? digestsInMonth : 0,
          recordBytes,
          isGuess: counted === undefined,
        };
      });
  });
}

/** What S3, SNS, SQS, KMS and CloudWatch Logs charge for a trail's deliveries, and for fetching them. */
export function deliveryCharges(reach: Reach, ask: DeliveryAsk): readonly LineEntry[] {
  const deliveries = deliveriesOf(reach, ask);
  const { trail } = reach;
  // Bucket, topic and log group lie in one region, wherever the events are from; it is taken for the trail's home.
  const at = ({ accountId, region }: Deliveries): Spot => ({
    trailArn: trail.arn,
    accountId,
    region,
    pricedIn: trail.homeRegion,
  });
  const months = (ask.retentionDays ?? monthDays) / monthDays;
  const stored: readonly LineEntry[] = deliveries.flatMap((one) => [
    {
      ...at(one),
      item: "s3-writes",
      detail: "files",
      what: "Log files and digests written into the bucket",
      why: "Each is a request of S3's; a digest comes every hour from each region, whether something happened or not",
      quantity: one.files + one.digests,
      isAtMost: one.isGuess,
    },
    {
      ...at(one),
      item: "s3-storage",
      what:
        ask.retentionDays === undefined
          ? "Storage of one month's log files"
          : `Storage of the log files of ${ask.retentionDays} days`,
      why:
        ask.retentionDays === undefined
          ? "Nothing says when they are deleted: each month adds as much again"
          : "They are kept so long; it grows until the first are deleted",
      quantity: Math.round((one.bytes * gzipShare + one.digests * digestBytes) * months),
    },
  ]);
  return [
    ...stored,
    ...(trail.value.logGroupArn === "" ? [] : deliveries.map((one) => logGroupCharge(at(one), one))),
    ...(trail.value.topicArn === "" ? [] : deliveries.map((one) => noticeCharge(at(one), one))),
    ...(ask.isCollected ? fetchCharges(reach, deliveries, at) : []),
  ];
}

type Spot = Pick<LineEntry, "trailArn" | "accountId" | "region" | "pricedIn">;

function logGroupCharge(spot: Spot, { recordBytes }: Deliveries): LineEntry {
  return {
    ...spot,
    item: "logs-ingestion",
    what: "Events taken in by CloudWatch Logs",
    why: "The trail writes every event into a log group too, and each gigabyte is charged",
    quantity: recordBytes,
  };
}

function noticeCharge(spot: Spot, { files, isGuess }: Deliveries): LineEntry {
  return {
    ...spot,
    item: "sns-publishes",
    what: "Notices of log files",
    why: "CloudTrail tells the topic of log files, one message each at most; passing on to a queue is free",
    quantity: files,
    isAtMost: isGuess,
  };
}

/** What Trailwarden itself brings about. */
function fetchCharges(
  reach: Reach,
  deliveries: readonly Deliveries[],
  at: (one: Deliveries) => Spot,
): readonly LineEntry[] {
  const { trail } = reach;
  const files = deliveries.reduce((sum, one) => sum + one.files, 0);
  const perFile: readonly LineEntry[] = deliveries.flatMap((one) => [
    {
      ...at(one),
      item: "s3-reads",
      what: "Log files and digests fetched",
      why: "Trailwarden gets each log file and each digest once",
      quantity: one.files + one.digests,
      isAtMost: one.isGuess,
    },
    {
      ...at(one),
      item: "s3-writes",
      detail: "listings",
      what: "Listings of the bucket",
      why: "Trailwarden looks for digests, and for log files that no message told of; S3 charges a listing like a write",
      quantity: (one.files > 0 ? listingsInMonth : 0) + (one.digests > 0 ? digestListingsInMonth : 0),
    },
    ...(trail.value.keyArn === ""
      ? []
      : [
          {
            ...at(one),
            item: "kms-requests" as const,
            what: "Log files decrypted",
            why: "Each log file that is fetched is one Decrypt; what CloudTrail itself does with the key is free",
            quantity: one.files,
            isAtMost: one.isGuess,
          },
        ]),
  ]);
  return [
    ...perFile,
    {
      trailArn: trail.arn,
      accountId: trail.ownerAccountId,
      region: trail.homeRegion,
      item: "sqs-requests",
      what: "Queue asked and emptied",
      why: "Trailwarden waits for messages, twenty seconds at a time, takes them and deletes them",
      quantity: waitsInMonth + 2 * files,
    },
  ];
}
