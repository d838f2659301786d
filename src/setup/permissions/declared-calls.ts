import { knownKinds } from "../../collect/index.ts";
import { accountCalls } from "../account/read-account.ts";
import { runCalls } from "../running/empty-bucket.ts";
import { allSettings } from "../settings/index.ts";
import type { SettingCall } from "../settings/setting.ts";
import type { PermissionsRequest } from "./features.ts";

/** What is asked to find the bucket that a trail names (`wiring/locate.ts`). */
const locatingCalls: readonly SettingCall[] = [{ action: "s3:GetBucketLocation", on: "bucket" }];

/** Every call that the program declares, for the kinds of sources given: what roles are made from. */
export function declaredCalls(sourceTypes: readonly string[] = ["queue"]): Omit<PermissionsRequest, "features"> {
  return {
    settings: allSettings,
    accountCalls: [...accountCalls, ...locatingCalls],
    runCalls,
    sourceKinds: knownKinds().filter(({ type }) => sourceTypes.includes(type)),
  };
}
