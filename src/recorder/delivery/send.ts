import { createHash } from "node:crypto";

import { AwsError } from "../../aws/index.ts";
import { type LastingState } from "../../base/lasting.ts";
import { type Outlets, type TrailAddress } from "../outlets.ts";
import { type TrailBook, type TrailStatus } from "../trail.ts";
import { type Gates } from "./gates.ts";
import { nextBatch, readLogEvents } from "./log-events.ts";
import { type Outbox } from "./outbox.ts";
import {
  type DigestParcel,
  laneOf,
  type LogEventsParcel,
  type LogFileParcel,
  type NoticeParcel,
  type Parcel,
} from "./parcel.ts";

export interface SenderParts {
  readonly state: LastingState;
  readonly outbox: Outbox;
  readonly outlets: Outlets;
  readonly trails: TrailBook;
  readonly gates: Gates;
  readonly now: () => number;
  readonly retryMilliseconds: number;
  /** Told in the same change of the state in which a log file counts as delivered. */
  readonly delivered: (parcel: LogFileParcel) => void;
}

/**
 * How long other kinds are tried again, in milliseconds. Of notices AWS does not say; of log events, which a group takes
 * for 14 days, see CloudWatch Logs API Reference, PutLogEvents.
 */
const noticeRetryMilliseconds = 3_600_000;
const logEventsRetryMilliseconds = 13 * 86_400_000;

/** How many lanes of a trail are sent at a time. */
const lanesAtATime = 4;

/** Sends what waits, lane by lane, the oldest first; what fails stops its lane alone. */
export class Sender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Tries each lane of a trail's parcels of one kind; `isForced` also those that wait after a failure. */
  async send(trailArn: string, kind: Parcel["kind"], isForced: boolean): Promise<void> {
    const lanes = [...Map.groupBy(this.#parts.outbox.list(trailArn, kind), laneOf).entries()];
    const worker = async () => {
      for (let next = lanes.shift(); next !== undefined; next = lanes.shift()) await this.#sendLane(...next, isForced);
    };
    await Promise.all(Array.from({ length: Math.min(lanesAtATime, lanes.length) }, worker));
  }

  async #sendLane(lane: string, parcels: readonly Parcel[], isForced: boolean): Promise<void> {
    const { gates, outbox, trails, now } = this.#parts;
    if (!isForced && !gates.isOpen(lane, now())) return;
    for (const parcel of parcels) {
      try {
        await this.#sendOne(parcel);
        gates.noteSuccess(lane);
      } catch (error) {
        const reason = error instanceof AwsError ? error.code : "none";
        this.#noteFailure(parcel, error);
        // Only deleting the trail ends the tries before their time (User Guide, "How CloudTrail works").
        const isGone = trails.get(parcel.destination.trailArn) === undefined;
        if (isGone || now() - parcel.decidedAt >= this.#retryMilliseconds(parcel)) {
          await outbox.drop(parcel, now(), reason);
          continue;
        }
        gates.noteFailure(lane, now());
        return;
      }
    }
  }

  #sendOne(parcel: Parcel): Promise<void> {
    switch (parcel.kind) {
      case "log-file":
        return this.#sendLogFile(parcel);
      case "digest":
        return this.#sendDigest(parcel);
      case "notice":
        return this.#sendNotice(parcel);
      case "log-events":
        return this.#sendLogEvents(parcel);
    }
  }

  async #sendLogFile(parcel: LogFileParcel): Promise<void> {
    await this.#putObject(parcel, {});
    const { outbox, delivered, now } = this.#parts;
    const trail = this.#parts.trails.get(parcel.destination.trailArn);
    const topicArn = trail === undefined ? parcel.destination.topicArn : trail.topicArn;
    await outbox.finish(parcel, () => {
      delivered(parcel);
      if (topicArn !== undefined) outbox.put(noticeOf(parcel, topicArn, now()));
    });
    this.#noteStatus(parcel, {
      latestDeliveryAt: now(),
      latestDeliveryAttemptAt: now(),
      latestDeliveryError: undefined,
    });
  }

  async #sendDigest(parcel: DigestParcel): Promise<void> {
    await this.#putObject(parcel, parcel.metadata);
    await this.#parts.outbox.finish(parcel, () => undefined);
    this.#noteStatus(parcel, { latestDigestDeliveryAt: this.#parts.now(), latestDigestDeliveryError: undefined });
  }

  async #sendNotice(parcel: NoticeParcel): Promise<void> {
    const { outlets, outbox, now } = this.#parts;
    await outlets.publish(addressOf(parcel), parcel.topicArn, parcel.message);
    await outbox.finish(parcel, () => undefined);
    this.#noteStatus(parcel, {
      latestNotificationAt: now(),
      latestNotificationAttemptAt: now(),
      latestNotificationError: undefined,
    });
  }

  async #sendLogEvents(parcel: LogEventsParcel): Promise<void> {
    const { outlets, outbox, now } = this.#parts;
    const { logGroupArn, logRoleArn: roleArn, stream } = parcel;
    const events = readLogEvents(await outbox.readBody(parcel));
    for (let { sent } = parcel; sent < events.length;) {
      const batch = nextBatch(events, sent);
      await outlets.putLogEvents(addressOf(parcel), { logGroupArn, roleArn, stream }, batch);
      sent += batch.length;
      outbox.put({ ...parcel, sent });
    }
    await outbox.finish(parcel, () => undefined);
    this.#noteStatus(parcel, {
      latestCloudWatchLogsDeliveryAt: now(),
      latestCloudWatchLogsDeliveryError: undefined,
    });
  }

  async #putObject(parcel: LogFileParcel | DigestParcel, metadata: Readonly<Record<string, string>>): Promise<void> {
    const trail = this.#parts.trails.get(parcel.destination.trailArn);
    const { bucket } = parcel.destination;
    await this.#parts.outlets.putObject(addressOf(parcel), {
      bucket,
      key: parcel.key,
      body: await this.#parts.outbox.readBody(parcel),
      metadata,
      contentType: "application/json",
      contentEncoding: "gzip",
      // The key that the trail has now: one that was taken off it would refuse for ever.
      kmsKeyArn: trail === undefined ? parcel.destination.kmsKeyArn : trail.kmsKeyArn,
    });
  }

  #retryMilliseconds(parcel: Parcel): number {
    if (parcel.kind === "notice") return noticeRetryMilliseconds;
    return parcel.kind === "log-events" ? logEventsRetryMilliseconds : this.#parts.retryMilliseconds;
  }

  /** The error's code as the service said it; none for what is no answer of a service, such as a timeout. */
  #noteFailure(parcel: Parcel, error: unknown): void {
    const code = error instanceof AwsError ? error.code : undefined;
    const at = this.#parts.now();
    switch (parcel.kind) {
      case "log-file":
        this.#noteStatus(parcel, { latestDeliveryAttemptAt: at, latestDeliveryError: code });
        break;
      case "digest":
        this.#noteStatus(parcel, { latestDigestDeliveryError: code });
        break;
      case "notice":
        this.#noteStatus(parcel, { latestNotificationAttemptAt: at, latestNotificationError: code });
        break;
      case "log-events":
        this.#noteStatus(parcel, { latestCloudWatchLogsDeliveryError: code });
        break;
    }
  }

  /** What goes to a bucket, topic or group that the trail has since left says nothing of how it is doing. */
  #noteStatus(parcel: Parcel, status: TrailStatus): void {
    const { trails } = this.#parts;
    const trail = trails.get(parcel.destination.trailArn);
    if (trail === undefined) return;
    const isOfNow =
      parcel.kind === "notice"
        ? parcel.topicArn === trail.topicArn
        : parcel.kind === "log-events"
          ? parcel.logGroupArn === trail.logGroupArn
          : parcel.destination.bucket === trail.bucket;
    if (isOfNow) trails.noteStatus(trail.arn, parcel.region, status);
  }
}

/** What CloudTrail tells a topic of a log file (User Guide, "Configuring Amazon SNS notifications for CloudTrail"). */
function noticeOf(parcel: LogFileParcel, topicArn: string, at: number): NoticeParcel {
  const { destination, accountId, region, key } = parcel;
  return {
    kind: "notice",
    id: createHash("sha256").update(`notice ${parcel.id}`).digest("hex"),
    destination,
    accountId,
    region,
    decidedAt: at,
    topicArn,
    message: JSON.stringify({ s3Bucket: destination.bucket, s3ObjectKey: [key] }),
  };
}

function addressOf(parcel: Parcel): TrailAddress {
  const { trailArn, ownerId } = parcel.destination;
  return { arn: trailArn, ownerId, region: parcel.region };
}
