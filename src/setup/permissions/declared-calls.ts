import { knownKinds, type SourcePermission } from "../../collect/index.ts";
import { accountCalls } from "../account/read-account.ts";
import { historyCalls } from "../care/event-history.ts";
import { runCalls } from "../running/empty-bucket.ts";
import { allSettings } from "../settings/index.ts";
import type { SettingCall } from "../settings/setting.ts";
import type { PermissionsRequest } from "./features.ts";

/** What is asked to find the bucket that a trail names (`wiring/locate.ts`). */
const locatingCalls: readonly SettingCall[] = [{ action: "s3:GetBucketLocation", on: "bucket" }];

/** What the collector asks beside its sources, as whichever of them may (`collect/collector/organization-accounts.ts`). */
const namingCalls: readonly SourcePermission[] = [
  { action: "organizations:ListAccounts", purpose: "to call accounts by their names", isOptional: true },
];

/** Every call that the program declares, for the kinds of sources given: what roles are made from. */
export function declaredCalls(sourceTypes: readonly string[] = ["queue"]): Omit<PermissionsRequest, "features"> {
  const kinds = knownKinds().filter(({ type }) => sourceTypes.includes(type));
  return {
    settings: allSettings,
    accountCalls: [...accountCalls, ...locatingCalls, ...historyCalls],
    runCalls,
    sourceKinds: sourceTypes.length === 0 ? [] : [...kinds, { permissions: namingCalls }],
  };
}
