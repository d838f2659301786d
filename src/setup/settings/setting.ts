import type { SetupAws } from "../setup-aws.ts";
import type { Place } from "./place.ts";
import type { SettingName, SettingValues } from "./values.ts";

/**
 * One thing of an account that can be set, and that is read and written whole: a bucket's policy, whether a trail logs.
 * Everything that set-up does is a change of settings from one value to another, so that each change can be shown,
 * checked before it is made, made again after a crash, and undone.
 */
export interface Setting<Name extends SettingName = SettingName> {
  readonly name: Name;
  /** What it is, for people, after "of": `the policy of the bucket logs`. */
  title(place: Place): string;
  /** The calls of `get`, `put` as operations of services; permissions, role and doctor are made from them. */
  readonly calls: { readonly get: readonly SettingCall[]; readonly put: readonly SettingCall[] };
  /**
   * The value as it stands; nothing when the resource is not there, or the setting never was set. Rejects with
   * `AwsCallError` for what may not be read.
   */
  get(place: Place, aws: SetupAws): Promise<SettingValues[Name] | undefined>;
  /**
   * Makes it so; `after` of nothing takes it away. Doing it twice does no harm. Resolves when AWS has taken it, which may
   * be before it can be read back.
   */
  put(place: Place, change: Change<Name>, aws: SetupAws): Promise<void>;
  /** The same as commands of the AWS CLI, one a line, for who does it by hand; values quoted for a shell. */
  commands(place: Place, change: Change<Name>): readonly string[];
}

export interface Change<Name extends SettingName = SettingName> {
  readonly before: SettingValues[Name] | undefined;
  readonly after: SettingValues[Name] | undefined;
}

/** A call of AWS's, and whose permission it takes. */
export interface SettingCall {
  /** As IAM names it: `s3:GetBucketPolicy`. */
  readonly action: string;
  /** What it may be limited to: the resource at the place, everything in a region, … */
  readonly on: "bucket" | "objects" | "topic" | "queue" | "trail" | "key" | "everything";
}

export function defineSetting<Name extends SettingName>(setting: Setting<Name>): Setting<Name> {
  return setting;
}
