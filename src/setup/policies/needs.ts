import type { OneOrMore, PolicyStatement } from "./statements.ts";

/** One thing that a service does: one action on one resource for one trail or topic. */
export interface Need {
  readonly service: string;
  readonly action: string;
  /** May end in a star: all objects below a folder. */
  readonly resource: string;
  /** What AWS says of the request, by condition key in small letters. */
  readonly context: ReadonlyMap<string, string>;
}

/**
 * Keys that a request of an AWS service does not have: they speak of users, roles and networks (IAM User Guide, "AWS
 * global condition context keys").
 */
const absentKeys: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:userid",
  "aws:username",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:vpcsourceip",
  "aws:multifactorauthpresent",
]);

/** Whether requests of services never have this key, given in small letters. */
export function isAbsentKey(key: string): boolean {
  return absentKeys.has(key) || key.startsWith("aws:principaltag/");
}

/** Everything that a statement of ours lets a service do, one by one. */
export function needsOf(statement: PolicyStatement): readonly Need[] {
  const conditions = Object.values(statement.Condition).flatMap((each) => Object.entries(each));
  let contexts: readonly ReadonlyMap<string, string>[] = [new Map()];
  for (const [key, values] of conditions) {
    contexts = contexts.flatMap((context) =>
      listOf(values).map((value) => new Map([...context, [key.toLowerCase(), value]])),
    );
  }
  return listOf(statement.Action).flatMap((action) =>
    listOf(statement.Resource).flatMap((resource) =>
      contexts.map((context) => ({
        service: statement.Principal.Service,
        action,
        resource,
        context: withKnown(context, statement.Principal.Service),
      })),
    ),
  );
}

function withKnown(context: ReadonlyMap<string, string>, service: string): ReadonlyMap<string, string> {
  const accountId = context.get("aws:sourcearn")?.split(":")[4] ?? "";
  return new Map([
    ...context,
    ["aws:securetransport", "true"],
    ["aws:principalisawsservice", "true"],
    ["aws:principalservicename", service],
    ...(accountId === "" ? [] : ([["aws:sourceaccount", accountId]] as const)),
  ]);
}

/** A list of what policies write as one or more. */
export function listOf(values: OneOrMore): readonly string[] {
  return typeof values === "string" ? [values] : values;
}
