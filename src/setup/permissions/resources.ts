import { isOfSubscription, type Permission, type PermissionTarget } from "./features.ts";
import type { NamedKind, PolicyScope } from "./scope.ts";

/**
 * The resources that a permission is limited to, as patterns of IAM's; none when there is nothing to allow it on yet, such
 * as a key that no plan has named.
 */
export function resourcesOf({ action, on, reach }: Permission, scope: PolicyScope): readonly string[] {
  if (on === "everything") return ["*"];
  if (on === "role") return [`arn:${scope.partition}:iam::${scope.accountId}:role/${scope.roleName}`];
  if (on === "key") return keysFor(reach, scope);
  const named = namedResources(on, reach === "own", scope);
  const isWide = isWideOn(on, reach, scope);
  const resources = isWide ? [wide(on, scope)] : named;
  // The subscription's own ARN as well, for emulators that go by it.
  return isOfSubscription(action) && !isWide ? resources.flatMap((arn) => [arn, `${arn}:*`]) : resources;
}

/** Kinds of which there may be several, told apart by name. */
type Limited = Exclude<PermissionTarget, "everything" | "role" | "key">;

function isWideOn(on: Limited, reach: Permission["reach"], { isNarrow, found }: PolicyScope): boolean {
  if (reach === "everywhere") return true;
  if (reach === "account") return !isNarrow;
  return reach === "read" && found[on === "objects" ? "bucket" : on].length === 0;
}

function namedResources(on: Limited, isOwn: boolean, scope: PolicyScope): readonly string[] {
  const kind = on === "objects" ? "bucket" : on;
  const own = scope.names[kind].map((name) => arnOf(kind, name, scope));
  const arns = isOwn ? own : [...own, ...scope.found[kind]];
  if (on !== "objects") return arns;
  return arns.map((arn) => `${arn}/${isOwn ? "*" : logFiles(scope)}`);
}

/** Log files lie below the prefix; as long as it is not known, below any. */
function logFiles({ prefix }: PolicyScope): string {
  return prefix === undefined ? "*AWSLogs/*" : prefix === "" ? "AWSLogs/*" : `${prefix}/AWSLogs/*`;
}

/** Keys are nobody's but the person's: read anywhere, changed only by name. */
function keysFor(
  reach: Permission["reach"],
  { found, partition, accountId, isNarrow }: PolicyScope,
): readonly string[] {
  if (reach === "ours" || reach === "own" || (found.key.length > 0 && (reach === "read" || isNarrow))) return found.key;
  return [`arn:${partition}:kms:*:${accountId}:key/*`];
}

function wide(on: Limited, scope: PolicyScope): string {
  if (on === "objects") return `arn:${scope.partition}:s3:::*/AWSLogs/*`;
  // An organization's trail is seen in each account by the ARN of its own.
  if (on === "trail") return `arn:${scope.partition}:cloudtrail:*:*:trail/*`;
  return arnOf(on, "*", scope);
}

function arnOf(kind: NamedKind, name: string, { partition, accountId }: PolicyScope): string {
  if (kind === "bucket") return `arn:${partition}:s3:::${name}`;
  if (kind === "trail") return `arn:${partition}:cloudtrail:*:${accountId}:trail/${name}`;
  return `arn:${partition}:${kind === "topic" ? "sns" : "sqs"}:*:${accountId}:${name}`;
}
