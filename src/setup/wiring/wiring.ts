import type { Place } from "../settings/place.ts";
import type { SettingName, SettingValues } from "../settings/values.ts";

/** The parts that a way from a trail to us has. */
export type WiringPart =
  | "trail"
  | "bucket"
  | "topic"
  | "queue"
  | "deadLetter"
  | "subscription"
  | "key"
  | "organization";

export type WiringPlaces = Readonly<Partial<Record<WiringPart, Place>>>;

/** The way of log files as it was read at one moment: trail → bucket → topic → queue, and what they stand on. */
export interface Wiring {
  readonly readAt: number;
  readonly places: WiringPlaces;
  /** What stood there; a name is missing when nothing was set, or when it could not be read (`unread`). */
  readonly values: Readonly<Partial<SettingValues>>;
  readonly unread: readonly Unread[];
  /** What the trail says of itself (`GetTrailStatus`); nothing where that could not be asked. */
  readonly status: TrailStatus | undefined;
}

export interface TrailStatus {
  /** As CloudTrail names them, such as `AccessDenied`; empty for none. */
  readonly deliveryError: string;
  readonly notificationError: string;
  readonly lastDeliveryAt: number | undefined;
  readonly lastNotificationAt: number | undefined;
  readonly lastDigestAt: number | undefined;
  readonly stoppedAt: number | undefined;
}

/** A setting that could not be read, and why: never taken for one that is not set. */
export interface Unread {
  readonly setting: SettingName;
  /** `AccessDenied`, … */
  readonly code: string;
  readonly sentence: string;
}
