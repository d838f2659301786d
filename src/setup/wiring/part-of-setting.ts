import type { SettingName } from "../settings/values.ts";
import type { WiringPart } from "./wiring.ts";

/** Which part of the way a setting belongs to, and so at which place it is read. */
export const partOfSetting: Readonly<Record<SettingName, WiringPart>> = {
  trail: "trail",
  "trail-logging": "trail",
  "trail-selectors": "trail",
  "trail-insights": "trail",
  bucket: "bucket",
  "bucket-public-access": "bucket",
  "bucket-ownership": "bucket",
  "bucket-encryption": "bucket",
  "bucket-versioning": "bucket",
  "bucket-policy": "bucket",
  "bucket-lifecycle": "bucket",
  "bucket-object-lock": "bucket",
  topic: "topic",
  "topic-policy": "topic",
  "topic-key": "topic",
  queue: "queue",
  "queue-policy": "queue",
  "queue-redrive": "queue",
  "dead-letter-queue": "deadLetter",
  subscription: "subscription",
  "key-state": "key",
  "key-policy": "key",
  "organization-access": "organization",
};
