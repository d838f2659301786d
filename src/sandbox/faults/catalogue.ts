import { type AnyFault } from "./fault.ts";
import { internalErrors, throttling } from "./kinds/calls.ts";
import { changedFiles, duplicatedFiles, lostFiles, silentRegion, swappedFiles, truncatedFiles } from "./kinds/files.ts";
import { lateNotices, lostNotices, reorderedNotices, repeatedNotices } from "./kinds/notices.ts";
import {
  disabledKey,
  removedBucket,
  removedBucketPolicy,
  removedQueue,
  removedSubscription,
  removedTopic,
  removedTopicPolicy,
} from "./kinds/removals.ts";

/** Everything that can go wrong on purpose. */
export const faults: readonly AnyFault[] = [
  lateNotices,
  repeatedNotices,
  lostNotices,
  reorderedNotices,
  lostFiles,
  changedFiles,
  truncatedFiles,
  duplicatedFiles,
  swappedFiles,
  silentRegion,
  removedBucketPolicy,
  removedBucket,
  removedTopicPolicy,
  removedTopic,
  removedSubscription,
  removedQueue,
  disabledKey,
  throttling,
  internalErrors,
];
