import { AwsError } from "../../../../aws/index.ts";
import { type Bucket } from "../bucket.ts";
import { accessDenied, invalidArgument, invalidRequest } from "../errors.ts";
import { type ObjectVersion, type StoredObject } from "../objects/object-version.ts";

/** As operations that write objects are asked. */
export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
  readonly ObjectLockEventHold?: unknown;
  readonly ObjectLockEventHoldDurationDays?: unknown;
  readonly ObjectLockEventHoldDurationYears?: unknown;
}

export type Lock = Pick<StoredObject, "retention" | "hasLegalHold">;

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The lock of an object that is being written: as asked, or as the bucket has it. */
export function readLock(bucket: Bucket, input: LockInput, at: number): Lock {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input;
  if (input.ObjectLockEventHold ?? input.ObjectLockEventHoldDurationDays ?? input.ObjectLockEventHoldDurationYears) {
    throw new AwsError(
      "NotImplemented",
      "A header you provided implies functionality that is not implemented: x-amz-object-lock-event-hold",
      501,
    );
  }
  if (bucket.objectLock === undefined) {
    if (mode ?? until ?? hold) throw invalidRequest("Bucket is missing Object Lock Configuration");
    return {};
  }
  if (hold !== undefined && hold !== "ON" && hold !== "OFF") {
    throw invalidArgument("Legal Hold must be either of 'ON' or 'OFF'", "x-amz-object-lock-legal-hold", hold);
  }
  if ((mode === undefined) !== (until === undefined)) {
    throw invalidArgument(
      "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
      mode === undefined ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date",
      "",
    );
  }
  const retention =
    mode !== undefined && until !== undefined ? readRetention(mode, until, at) : defaultRetention(bucket, at);
  return { ...(retention === undefined ? {} : { retention }), ...(hold === "ON" ? { hasLegalHold: true } : {}) };
}

export function readRetention(mode: string, until: Date, at: number): NonNullable<Lock["retention"]> {
  if (mode !== "GOVERNANCE" && mode !== "COMPLIANCE") {
    throw invalidArgument("Unknown wormMode directive", "x-amz-object-lock-mode", mode);
  }
  if (!(until.getTime() > at)) {
    throw invalidArgument(
      "The retain until date must be in the future!",
      "x-amz-object-lock-retain-until-date",
      String(until),
    );
  }
  return { mode, until: until.getTime() };
}

function defaultRetention({ objectLock }: Bucket, at: number): Lock["retention"] {
  const retention = objectLock?.defaultRetention;
  if (retention === undefined) return undefined;
  const days = retention.days ?? (retention.years ?? 0) * 365;
  return { mode: retention.mode, until: at + days * dayMilliseconds };
}

/** Refuses to destroy a version that is locked; `bypass` is what `x-amz-bypass-governance-retention` asks for. */
export function checkUnlocked(version: ObjectVersion, at: number, bypass: boolean): void {
  if (isLocked(version, at, bypass)) {
    throw accessDenied("Access Denied because object protected by object lock.");
  }
}

export function isLocked(version: ObjectVersion, at: number, bypass: boolean): boolean {
  if (version.isDeleteMarker) return false;
  if (version.hasLegalHold === true) return true;
  const { retention } = version;
  return retention !== undefined && retention.until > at && !(bypass && retention.mode === "GOVERNANCE");
}

/** Whether a version is held by a retention that a caller with the permission may go past. */
export function needsBypass(version: ObjectVersion | undefined, at: number): boolean {
  return version?.isDeleteMarker === false && version.retention?.mode === "GOVERNANCE" && version.retention.until > at;
}
