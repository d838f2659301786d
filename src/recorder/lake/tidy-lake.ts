import { type LakeParts, removeExpired, storesOf } from "./lake-things.ts";

const dayMilliseconds = 24 * 3_600_000;

/** Takes away the records that event data stores keep no longer, and the stores whose seven days are over. */
export function tidyLake(parts: Pick<LakeParts, "state" | "auditLog">, at: number): void {
  removeExpired(parts, at);
  for (const { arn, retentionDays } of storesOf(parts.state).values())
    parts.auditLog.expire(arn, at - retentionDays * dayMilliseconds);
}
