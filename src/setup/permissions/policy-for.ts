import { cloudTrail } from "../service-principal.ts";
import { isLooking, isOfSubscription, type Permission } from "./features.ts";
import { resourcesOf } from "./resources.ts";
import type { PolicyScope } from "./scope.ts";

/** A statement of a policy that hangs on a role. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface RolePolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface RolePolicy {
  readonly document: RolePolicyDocument;
  /** Permissions for which there is nothing to allow them on yet, such as those of a key that no plan has named. */
  readonly leftOut: readonly Permission[];
}

/** What the role may not do whatever else is attached to it later. */
const never: Statement = {
  Sid: "NeverChangeIdentities",
  Effect: "Deny",
  Action: [
    "Add",
    "Attach",
    "Change",
    "Create",
    "Deactivate",
    "Delete",
    "Detach",
    "Enable",
    "PassRole",
    "Put",
    "Remove",
    "Reset",
    "Resync",
    "Set",
    "Tag",
    "Untag",
    "Update",
    "Upload",
  ].map((verb) => (verb === "PassRole" ? `iam:${verb}` : `iam:${verb}*`)),
  Resource: ["*"],
};

/** The policy that allows the permissions and nothing else: a statement for each set of resources. */
export function policyFor(permissions: readonly Permission[], scope: PolicyScope): RolePolicy {
  const placed = permissions.map((permission) => ({
    permission,
    resources: resourcesOf(permission, scope),
    conditions: conditionsOf(permission, scope),
  }));
  const usable = placed.filter(({ resources }) => resources.length > 0);
  const groups = Map.groupBy(usable, ({ resources, conditions }) => JSON.stringify([resources, conditions]));
  const taken = new Map<string, number>();
  const statements = [...groups.values()].map((group): Statement => {
    const [first] = group;
    const sid = sidOf(group.map(({ permission }) => permission));
    const count = (taken.get(sid) ?? 0) + 1;
    taken.set(sid, count);
    return {
      Sid: count === 1 ? sid : `${sid}${count}`,
      Effect: "Allow",
      Action: [...new Set(group.map(({ permission }) => permission.action))].sort(),
      Resource: first?.resources ?? [],
      ...(first?.conditions === undefined ? {} : { Condition: first.conditions }),
    };
  });
  return {
    document: { Version: "2012-10-17", Statement: [...statements, never] },
    leftOut: placed.filter(({ resources }) => resources.length === 0).map(({ permission }) => permission),
  };
}

/** What is allowed only in one manner, beside the resources. */
export function conditionsOf({ action }: Permission, { partition }: PolicyScope): Conditions | undefined {
  // Keys decrypt for the services that hold what we read, never for us directly.
  if (action === "kms:Decrypt") {
    const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    return { StringLike: { "kms:ViaService": [`s3.*.${domain}`, `sqs.*.${domain}`] } };
  }
  if (/^organizations:(?:En|Dis)ableAWSServiceAccess$/.test(action)) {
    return { StringEquals: { "organizations:ServicePrincipal": [cloudTrail] } };
  }
  return undefined;
}

const kinds = {
  bucket: "Buckets",
  objects: "LogFiles",
  topic: "Topics",
  queue: "Queues",
  trail: "Trails",
  key: "Keys",
  everything: "Account",
  role: "ThisRole",
} as const;

function sidOf(permissions: readonly Permission[]): string {
  const isOfSubscriptions = permissions.every(({ action }) => isOfSubscription(action));
  const on = [...new Set(permissions.map((permission) => kinds[permission.on]))].join("And");
  return `${verbOf(permissions)}${isOfSubscriptions ? "Subscriptions" : on}`;
}

function verbOf(permissions: readonly Permission[]): "Read" | "Remove" | "Set" | "Use" {
  if (permissions.every(({ action }) => isLooking(action))) return "Read";
  if (permissions.every(({ reach }) => reach === "own")) return "Remove";
  return permissions.every(({ reach }) => reach === "read") ? "Use" : "Set";
}
