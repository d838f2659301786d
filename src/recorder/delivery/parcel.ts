import { keyOf } from "../../base/lasting.ts";
import { type Trail } from "../trail.ts";

/** Where a trail's objects go, as it stood when they were decided on. */
export interface Destination {
  readonly trailArn: string;
  readonly trailName: string;
  readonly ownerId: string;
  readonly homeRegion: string;
  readonly bucket: string;
  readonly keyPrefix?: string;
  readonly organizationId?: string;
  readonly kmsKeyArn?: string;
  readonly topicArn?: string;
  readonly logGroupArn?: string;
  readonly logRoleArn?: string;
}

/**
 * Something that has been decided on and has to arrive: it goes out as it stands under the name it has, however often
 * that is tried, so that a second time changes nothing.
 */
export type Parcel = LogFileParcel | DigestParcel | NoticeParcel | LogEventsParcel;

interface ParcelBase {
  readonly id: string;
  readonly destination: Destination;
  /** Whose records, and of which region. */
  readonly accountId: string;
  readonly region: string;
  readonly decidedAt: number;
}

export interface LogFileParcel extends ParcelBase {
  readonly kind: "log-file";
  readonly key: string;
  /** Of the bytes before compression, in hexadecimal digits. */
  readonly sha256: string;
  readonly oldestEventTime: string;
  readonly newestEventTime: string;
  readonly records: number;
  /** Whether a digest is to name it. */
  readonly isDigested: boolean;
}

export interface DigestParcel extends ParcelBase {
  readonly kind: "digest";
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface NoticeParcel extends ParcelBase {
  readonly kind: "notice";
  readonly topicArn: string;
  readonly message: string;
}

export interface LogEventsParcel extends ParcelBase {
  readonly kind: "log-events";
  readonly logGroupArn: string;
  readonly logRoleArn: string;
  readonly stream: string;
  /** How many of the body's lines have arrived. */
  readonly sent: number;
}

/** The order that parcels of one lane go out in. */
export function parcelKey(parcel: Parcel): string {
  const { destination, kind, accountId, region, decidedAt, id } = parcel;
  return keyOf(destination.trailArn, kind, accountId, region, instantKey(decidedAt), id);
}

/** Parcels of one lane share their fate: what one of them is refused the next will be refused too. */
export function laneOf(parcel: Parcel): string {
  return keyOf(parcel.destination.trailArn, parcel.kind, parcel.accountId, parcel.region);
}

/** An instant as a part of a key, so that keys are in the order of time. */
export function instantKey(at: number): string {
  return String(at).padStart(16, "0");
}

export function destinationOf(trail: Trail): Destination {
  const { arn, name, ownerId, homeRegion, bucket } = trail;
  const { keyPrefix, organizationId, kmsKeyArn, topicArn, logGroupArn, logRoleArn } = trail;
  return {
    trailArn: arn,
    trailName: name,
    ownerId,
    homeRegion,
    bucket,
    ...(keyPrefix !== undefined && { keyPrefix }),
    ...(organizationId !== undefined && { organizationId }),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(topicArn !== undefined && { topicArn }),
    ...(logGroupArn !== undefined && { logGroupArn }),
    ...(logRoleArn !== undefined && { logRoleArn }),
  };
}
