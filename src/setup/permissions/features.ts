import type { SourcePermission } from "../../collect/index.ts";
import type { Depth } from "../deployments/deployment.ts";
import type { Setting, SettingCall } from "../settings/setting.ts";

/** What Trailwarden can do in an account, as people choose it. Who collects proves, too: it is asked with a source's rights. */
export type FeatureName = "collect" | "look" | "care" | "cost";

/** What a permission may be limited to; `role` is the role itself. */
export type PermissionTarget = SettingCall["on"] | "role";

/**
 * How far a permission has to go. `everywhere`: everything of its kind, because it finds what is there. `account`: the
 * same, to follow what is used to where it moves; a narrow role does without. `read`: until it is known what is used.
 * `ours`: what we make and what is used. `own`: what we made and nothing else, because it takes something away.
 */
export type Reach = "everywhere" | "account" | "read" | "ours" | "own";

/** An action of IAM's, and who needs it. */
export interface Permission {
  readonly action: string;
  readonly on: PermissionTarget;
  readonly reach: Reach;
  /** Those that have it. */
  readonly features: readonly FeatureName[];
  /** Those of them that cannot do without. */
  readonly requiredBy: readonly FeatureName[];
  /** What it is for, as phrases: `to receive messages`. */
  readonly purpose: string;
  /** Every feature that has it can do without. */
  readonly isOptional: boolean;
}

export interface PermissionsRequest {
  readonly features: readonly FeatureName[];
  readonly settings: readonly Pick<Setting, "name" | "calls">[];
  /** Calls of reading an account, and of what belongs to no setting, such as a trail's status. */
  readonly accountCalls: readonly SettingCall[];
  /** Calls that belong to no setting and take away what we made, such as log files when an undo is told to. */
  readonly runCalls: readonly SettingCall[];
  /** Kinds of sources that are to collect. */
  readonly sourceKinds: readonly { readonly permissions: readonly SourcePermission[] }[];
}

/** The features that a depth has. What `respond` adds belongs to a role of its own, which there is none for yet. */
export function featuresOf(depth: Depth): readonly FeatureName[] {
  return depth === "look" ? ["collect", "look", "cost"] : ["collect", "look", "care", "cost"];
}

/** What the features need, each action once; from what the code declares. */
export function permissionsOf(request: PermissionsRequest): readonly Permission[] {
  const asked = request.features.flatMap((feature) => asksOf[feature](request).map((ask) => ({ ...ask, feature })));
  const groups = Map.groupBy(asked, ({ action }) => action);
  return [...groups.values()].map(merge).sort((a, b) => compare(a.action, b.action));
}

/** Promises that hold whatever a setting declares: IAM is looked at, never changed. */
export function isForbidden(action: string): boolean {
  return /^iam:/i.test(action) && !/^iam:(?:Get|List|Simulate)[A-Za-z]*$/.test(action);
}

/** What is gone afterwards; only what we made is ever taken away. */
const removals =
  /^(?:s3:Delete(?:Bucket|Object|ObjectVersion)|s3:BypassGovernanceRetention|sns:DeleteTopic|sqs:DeleteQueue|cloudtrail:DeleteTrail)$/;

const readVerbs = /:(?:Get|List|Describe|Head|Lookup|Simulate)/;

/** Whether an action only looks. */
export function isLooking(action: string): boolean {
  return readVerbs.test(action);
}

interface Ask extends Omit<Permission, "features" | "requiredBy"> {}

const asksOf: Readonly<Record<FeatureName, (request: PermissionsRequest) => readonly Ask[]>> = {
  collect: ({ sourceKinds }) => sourceKinds.flatMap(({ permissions }) => permissions.map(ofSource)),
  look: ({ settings, accountCalls }) => [
    ...accountCalls.map((call) => ofAccount(call, "to see what the account has")),
    ...settings.flatMap(({ name, calls }) => calls.get.map((call) => ofCall(call, `to see ${spoken(name)}`))),
    {
      action: "iam:SimulatePrincipalPolicy",
      on: "role",
      reach: "own",
      purpose: "to check this role's permissions without trying them",
      isOptional: true,
    },
  ],
  care: ({ settings, runCalls }) => [
    ...settings.flatMap(({ name, calls }) => calls.put.map((call) => ofCall(call, `to set ${spoken(name)}`))),
    ...runCalls.map((call) => ({ ...ofCall(call, "to empty a bucket that we made"), reach: "own" as const })),
  ],
  // Whether a trail is paid for is seen from the trails; prices are data.
  cost: ({ accountCalls }) => accountCalls.map((call) => ofAccount(call, "to see which trails are paid for")),
};

function ofSource({ action, purpose, isOptional = false }: SourcePermission): Ask {
  const on = targetOf(action);
  const reach = on === "everything" ? "account" : on === "queue" ? "ours" : "read";
  return { action, on, reach, purpose, isOptional };
}

function ofAccount(call: SettingCall, purpose: string): Ask {
  return { ...ofCall(call, purpose), reach: "everywhere" };
}

function ofCall({ action, on: said }: SettingCall, purpose: string): Ask {
  const on = isOfSubscription(action) ? "topic" : said;
  const reach = isLooking(action) ? "account" : removals.test(action) ? "own" : "ours";
  return { action, on, reach, purpose, isOptional: false };
}

/**
 * AWS looks for the topic's ARN when it is asked about a subscription ("is not authorized to perform:
 * SNS:GetSubscriptionAttributes on resource: <topic>"), though its reference says that there is no limiting these.
 */
export function isOfSubscription(action: string): boolean {
  return /^sns:(?:Unsubscribe|[GS]etSubscriptionAttributes)$/.test(action);
}

/** Sources do not say what their actions are about: Service Authorization Reference, by service. */
function targetOf(action: string): PermissionTarget {
  if (action === "s3:GetObject") return "objects";
  if (action.startsWith("s3:")) return "bucket";
  if (action.startsWith("sqs:")) return "queue";
  return action.startsWith("kms:") ? "key" : "everything";
}

const reaches: readonly Reach[] = ["everywhere", "account", "read", "ours", "own"];

function merge(asks: readonly (Ask & { readonly feature: FeatureName })[]): Permission {
  const [first] = asks;
  if (first === undefined) throw new TypeError("No permission to merge");
  const { action } = first;
  if (isForbidden(action)) throw new TypeError(`${action} is never asked for`);
  return {
    action,
    // Who reads the account says "everything" of what a setting says "trail" of.
    on: asks.find(({ on }) => on !== "everything")?.on ?? "everything",
    reach: reaches.find((reach) => asks.some((ask) => ask.reach === reach)) ?? "own",
    features: featuresIn(asks),
    requiredBy: featuresIn(asks.filter(({ isOptional }) => !isOptional)),
    purpose: [...new Set(asks.map(({ purpose }) => purpose))].join(", "),
    isOptional: asks.every(({ isOptional }) => isOptional),
  };
}

function featuresIn(asks: readonly { readonly feature: FeatureName }[]): readonly FeatureName[] {
  return [...new Set(asks.map(({ feature }) => feature))];
}

function spoken(name: string): string {
  return `the ${name.replaceAll("-", " ")}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
