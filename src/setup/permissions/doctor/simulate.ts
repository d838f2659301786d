import type { AwsClient, OutputOf } from "../../../aws/index.ts";
import type { Permission } from "../features.ts";
import { conditionsOf } from "../policy-for.ts";
import { resourcesOf } from "../resources.ts";
import type { PolicyScope } from "../scope.ts";

/** What IAM's simulator says of a permission. */
export type Judged =
  | { readonly kind: "allowed" }
  | {
      readonly kind: "denied";
      readonly resource: string;
      /** Why, where it is not that no policy of the role allows it. */
      readonly by: "policy" | "boundary" | "organization" | undefined;
    };

export interface SimulationPlace {
  readonly iam: AwsClient<"iam">;
  readonly roleArn: string;
  readonly scope: PolicyScope;
  /** Stands for any region. */
  readonly region: string;
}

type Result = NonNullable<OutputOf<"iam", "SimulatePrincipalPolicy">["EvaluationResults"]>[number];

/**
 * Asks IAM's simulator for each permission on each resource that it is limited to. Rejects with `AwsCallError` where that
 * is not allowed. The simulator knows nothing of the policies of buckets, topics, queues and keys.
 */
export async function simulate(
  permissions: readonly Permission[],
  place: SimulationPlace,
): Promise<ReadonlyMap<Permission, Judged>> {
  const asked = permissions.flatMap((permission) =>
    resourcesOf(permission, place.scope).map((pattern) => ({
      permission,
      resource: exampleOf(pattern, place),
      context: contextOf(permission, place),
    })),
  );
  const judged = new Map<Permission, Judged>();
  // One resource at a time: what stands for several in an answer is told in more than one way.
  for (const group of Map.groupBy(asked, ({ resource, context }) => JSON.stringify([resource, context])).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const results = await ask(
      place,
      group.map(({ permission }) => permission.action),
      first,
    );
    for (const { permission } of group) {
      if (judged.get(permission)?.kind === "denied") continue;
      const result = results.find(({ EvalActionName = "" }) => isSame(EvalActionName, permission.action));
      if (result !== undefined) judged.set(permission, judge(result, first.resource));
    }
  }
  return judged;
}

interface Asked {
  readonly resource: string;
  readonly context: readonly (readonly [key: string, value: string])[];
}

async function ask(
  { iam, roleArn }: SimulationPlace,
  actions: readonly string[],
  { resource, context }: Asked,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let Marker: string | undefined;
  do {
    const answer = await iam.call("SimulatePrincipalPolicy", {
      PolicySourceArn: roleArn,
      ActionNames: [...actions],
      ResourceArns: [resource],
      ContextEntries: context.map(([ContextKeyName, value]) => ({
        ContextKeyName,
        ContextKeyValues: [value],
        ContextKeyType: "string" as const,
      })),
      ...(Marker === undefined ? {} : { Marker }),
    });
    results.push(...(answer.EvaluationResults ?? []));
    Marker = answer.IsTruncated === true ? answer.Marker : undefined;
  } while (Marker !== undefined);
  return results;
}

function judge(result: Result, resource: string): Judged {
  if (result.EvalDecision === "allowed") return { kind: "allowed" };
  const by =
    result.OrganizationsDecisionDetail?.AllowedByOrganizations === false
      ? "organization"
      : result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false
        ? "boundary"
        : result.EvalDecision === "explicitDeny"
          ? "policy"
          : undefined;
  return { kind: "denied", resource, by };
}

/** Services write their names now small, now in capitals. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** One resource that a pattern stands for. */
function exampleOf(pattern: string, { region, scope }: SimulationPlace): string {
  if (pattern === "*") return pattern;
  const [arn = "", partition = "", service = "", where = "", accountId = "", ...rest] = pattern.split(":");
  const parts = [
    ...[arn, partition, service],
    where === "*" ? region : where,
    accountId === "*" ? scope.accountId : accountId,
    ...rest.map((part) => part.replaceAll("*", "example")),
  ];
  return parts.join(":");
}

function contextOf(permission: Permission, { region, scope }: SimulationPlace): Asked["context"] {
  const conditions = Object.values(conditionsOf(permission, scope) ?? {}).flatMap((each) => Object.entries(each));
  return conditions.map(([key, values]) => [key, String([values].flat()[0]).replaceAll("*", region)]);
}
