import type { IntegrityFindingKind } from "../verification.ts";

/** What a person can do now, for each kind of finding; sentences without full stop. */
export const helps: Readonly<Record<IntegrityFindingKind, string>> = {
  "log-broken":
    "Look in CloudTrail's own event history and in the bucket's access logs for who wrote to the object; an older version of it may still be there",
  "log-missing":
    "Look for an older version or a delete marker in the bucket, and for who deleted it (DeleteObject in data events, or the bucket's access logs); it is settled by itself when the file comes back",
  "log-undeclared":
    "Do not trust the events of this file: no signed digest knows it; look for who put it into the bucket (PutObject in data events, or the bucket's access logs)",
  "log-changed-since":
    "The events that are searched here are those of the genuine file, which was read before; look for who wrote to the object",
  "log-gone-since":
    "The events that are searched here are those of the genuine file, which was read before; if no lifecycle rule took it away, look for who deleted it",
  "digest-broken":
    "The log files of its window cannot be proven; look in the bucket's access logs for who wrote to the digest, and for an older version of it",
  "digest-missing":
    "The log files of this time cannot be proven; look in the bucket for older versions or delete markers of the digests; it is settled by itself when they come",
  "digest-replaced":
    "Two signed digests claim the same place: both are kept here; look for who wrote to the object and compare them",
  "key-unknown":
    "Let a source ask for public keys (cloudtrail:ListPublicKeys) in this region, with credentials of the partition that the digest is from",
  gap: "See who stopped logging or changed the trail at this time (StopLogging, UpdateTrail, DeleteTrail)",
  "tail-overdue":
    "See whether the trail still logs and validates, and whether its bucket lets CloudTrail write (aws cloudtrail get-trail-status); what comes late settles this by itself",
  "chain-ended": "If that was meant, there is nothing to do; switch logging and validation on again to go on",
};
