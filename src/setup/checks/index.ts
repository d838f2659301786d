import type { DriftCheck } from "./check.ts";
import { bucketDeleted } from "./bucket-deleted.ts";
import { bucketPolicyChanged } from "./bucket-policy-changed.ts";
import { bucketReassigned } from "./bucket-reassigned.ts";
import { keyUnusable } from "./key-unusable.ts";
import { lifecycleShortened } from "./lifecycle-shortened.ts";
import { loggingStopped } from "./logging-stopped.ts";
import { memberMissing } from "./member-missing.ts";
import { protectionRemoved } from "./protection-removed.ts";
import { queueDeleted } from "./queue-deleted.ts";
import { queuePolicyChanged } from "./queue-policy-changed.ts";
import { rawDeliveryFlipped } from "./raw-delivery-flipped.ts";
import { regionSilent } from "./region-silent.ts";
import { roleWeakened } from "./role-weakened.ts";
import { selectorsNarrowed } from "./selectors-narrowed.ts";
import { subscriptionFiltered } from "./subscription-filtered.ts";
import { subscriptionRemoved } from "./subscription-removed.ts";
import { topicChanged } from "./topic-changed.ts";
import { topicDeleted } from "./topic-deleted.ts";
import { topicPolicyChanged } from "./topic-policy-changed.ts";
import { trailDeleted } from "./trail-deleted.ts";
import { trailSingleRegion } from "./trail-single-region.ts";
import { validationOff } from "./validation-off.ts";

/** Everything that is looked for: what has to be mended first stands first. */
export const driftChecks: readonly DriftCheck[] = [
  roleWeakened,
  keyUnusable,
  queueDeleted,
  queuePolicyChanged,
  topicDeleted,
  topicPolicyChanged,
  topicChanged,
  subscriptionRemoved,
  subscriptionFiltered,
  rawDeliveryFlipped,
  bucketReassigned,
  bucketDeleted,
  protectionRemoved,
  lifecycleShortened,
  bucketPolicyChanged,
  memberMissing,
  trailDeleted,
  trailSingleRegion,
  regionSilent,
  validationOff,
  selectorsNarrowed,
  loggingStopped,
];
