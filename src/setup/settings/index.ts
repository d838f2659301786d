import { bucketOwnershipSetting, bucketPublicAccessSetting } from "./bucket-access.ts";
import { bucketEncryptionSetting } from "./bucket-encryption.ts";
import { bucketLifecycleSetting } from "./bucket-lifecycle.ts";
import { bucketPolicySetting } from "./bucket-policy.ts";
import { bucketObjectLockSetting, bucketVersioningSetting } from "./bucket-versions.ts";
import { bucketSetting } from "./bucket.ts";
import { keyPolicySetting, keyStateSetting } from "./key.ts";
import { organizationAccessSetting } from "./organization-access.ts";
import { deadLetterQueueSetting, queuePolicySetting, queueRedriveSetting, queueSetting } from "./queue.ts";
import type { Setting } from "./setting.ts";
import { subscriptionSetting } from "./subscription.ts";
import { topicKeySetting, topicPolicySetting, topicSetting } from "./topic.ts";
import { trailInsightsSetting } from "./trail-insights.ts";
import { trailLoggingSetting } from "./trail-logging.ts";
import { trailSelectorsSetting } from "./trail-selectors.ts";
import { trailSetting } from "./trail.ts";
import type { SettingName } from "./values.ts";

/** Every setting by its name. */
const settings: { readonly [Name in SettingName]: Setting<Name> } = {
  trail: trailSetting,
  "trail-logging": trailLoggingSetting,
  "trail-selectors": trailSelectorsSetting,
  "trail-insights": trailInsightsSetting,
  bucket: bucketSetting,
  "bucket-public-access": bucketPublicAccessSetting,
  "bucket-ownership": bucketOwnershipSetting,
  "bucket-encryption": bucketEncryptionSetting,
  "bucket-versioning": bucketVersioningSetting,
  "bucket-policy": bucketPolicySetting,
  "bucket-lifecycle": bucketLifecycleSetting,
  "bucket-object-lock": bucketObjectLockSetting,
  topic: topicSetting,
  "topic-policy": topicPolicySetting,
  "topic-key": topicKeySetting,
  queue: queueSetting,
  "queue-policy": queuePolicySetting,
  "queue-redrive": queueRedriveSetting,
  "dead-letter-queue": deadLetterQueueSetting,
  subscription: subscriptionSetting,
  "key-state": keyStateSetting,
  "key-policy": keyPolicySetting,
  "organization-access": organizationAccessSetting,
};

/** A setting for whoever has only its name; values are then of any kind. */
export function settingOf(name: SettingName): Setting {
  return settings[name];
}

export const allSettings: readonly Setting[] = (Object.keys(settings) as SettingName[]).map(settingOf);
