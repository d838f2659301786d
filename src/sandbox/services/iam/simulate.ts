import { type OutputOf } from "../../../aws/index.ts";
import { boundaryOf, ownPolicies, policiesOf } from "../../identity/policies-of.ts";
import { entityArn, parseEntityArn } from "../../identity/entity-arn.ts";
import { canonicalIdOf } from "../../identity/unique-ids.ts";
import { type Context, contextOf } from "../../policy/context.ts";
import { type Decision, evaluate, type NamedPolicy } from "../../policy/evaluate.ts";
import { type Principal } from "../../policy/principal.ts";
import { readPolicy } from "../../policy/read-policy.ts";
import { type Call } from "../../service.ts";
import { keysUsedBy } from "./context-keys.ts";
import { checkDocument } from "./documents.ts";
import { invalidInput, malformedPolicy, notFound, notImplemented } from "./errors.ts";
import { type Iam, type IamInput, type IamOperations, needOn } from "./iam.ts";
import { pageOf } from "./paging.ts";
import { checkLength } from "./validation.ts";

type Result = NonNullable<OutputOf<"iam", "SimulatePrincipalPolicy">["EvaluationResults"]>[number];
type Input = Omit<IamInput<"SimulateCustomPolicy">, "PolicyInputList">;

const actionsMax = 1000;

/** The policy simulator, on the evaluator that the sandbox itself goes by. */
export function simulateOperations(iam: Iam): IamOperations {
  const { directory } = iam;
  const { texts } = iam.identity;
  return {
    SimulateCustomPolicy: {
      needs: (_, call) => [needOn(call, "*")],
      answer(input, call) {
        const policies = (input.PolicyInputList ?? []).map((text, index) =>
          named(`PolicyInputList.${index + 1}`, text),
        );
        const caller = input.CallerArn === undefined ? undefined : principalOf(input.CallerArn);
        return simulate(input, call, policies, undefined, caller);
      },
    },
    SimulatePrincipalPolicy: {
      needs: ({ PolicySourceArn }, call) => [needOn(call, PolicySourceArn ?? "")],
      answer(input, call) {
        const source = input.PolicySourceArn ?? "";
        checkLength("policySourceArn", source, 20, 2048);
        const address = parseEntityArn(source);
        if (address?.accountId !== call.accountId)
          throw invalidInput(`Invalid Entity Arn: ${source} does not clearly define entity type and name.`);
        const added = (input.PolicyInputList ?? []).map((text, index) => named(`PolicyInputList.${index + 1}`, text));
        const entity = directory.userByArn(source) ?? directory.roleByArn(source);
        if (entity === undefined) {
          const group = directory.groups.get(call.accountId, address.name);
          if (address.kind !== "group" || group === undefined || entityArn("group", group) !== source) {
            throw notFound(address.kind, address.name);
          }
          const own = ownPolicies(group, directory, texts);
          return simulate(input, call, [...own, ...added], undefined, undefined);
        }
        const caller = principalOf(input.CallerArn ?? source);
        const policies = [...policiesOf(entity, directory, texts), ...added];
        return simulate(input, call, policies, boundaryOf(entity, directory, texts), caller);
      },
    },
    GetContextKeysForCustomPolicy: {
      needs: (_, call) => [needOn(call, "*")],
      answer: ({ PolicyInputList }) => ({
        ContextKeyNames: keysUsedBy((PolicyInputList ?? []).map((text) => checkDocument(text))),
      }),
    },
    GetContextKeysForPrincipalPolicy: {
      needs: ({ PolicySourceArn }, call) => [needOn(call, PolicySourceArn ?? "")],
      answer({ PolicySourceArn, PolicyInputList }, call) {
        const source = PolicySourceArn ?? "";
        const entity = directory.userByArn(source) ?? directory.roleByArn(source);
        if (entity === undefined || entity.accountId !== call.accountId) throw notFound("entity", source);
        const own = policiesOf(entity, directory, texts).map(({ policy }) => policy);
        return { ContextKeyNames: keysUsedBy([...own, ...(PolicyInputList ?? []).map((text) => checkDocument(text))]) };
      },
    },
  };
}

function simulate(
  input: Input,
  call: Call,
  identityPolicies: readonly NamedPolicy[],
  ownBoundary: NamedPolicy | undefined,
  principal: Principal | undefined,
): { readonly EvaluationResults: Result[]; readonly IsTruncated: boolean; readonly Marker?: string } {
  if (input.ResourceHandlingOption !== undefined) {
    throw notImplemented("The sandbox does not simulate EC2 scenarios (ResourceHandlingOption)");
  }
  const actions = input.ActionNames ?? [];
  const resources = input.ResourceArns ?? ["*"];
  if (actions.length === 0) throw invalidInput("ActionNames must not be empty");
  if (actions.length * resources.length > actionsMax) throw invalidInput("Too many actions and resources at once");
  for (const action of actions) {
    if (!/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) throw invalidInput(`Invalid Action: ${action}`);
  }
  const [limit] = (input.PermissionsBoundaryPolicyInputList ?? []).map((text) =>
    named("PermissionsBoundaryPolicyInputList.1", text),
  );
  const boundary = limit ?? ownBoundary;
  const resourcePolicy = input.ResourcePolicy === undefined ? undefined : readResourcePolicy(input.ResourcePolicy);
  const context = contextOf(
    ...(input.ContextEntries ?? []).map(({ ContextKeyName, ContextKeyValues }) => ({
      [ContextKeyName ?? ""]: ContextKeyValues ?? [],
    })),
  );
  const missing = missingKeys([...identityPolicies, ...(boundary === undefined ? [] : [boundary])], context);
  const results = actions.flatMap((action) =>
    resources.map((resource): Result => {
      const decision = evaluate({
        principal: principal ?? { kind: "user", accountId: call.accountId, arn: "" },
        action,
        resource,
        context,
        identityPolicies,
        boundary,
        serviceControlPolicies: [],
        resourcePolicy,
        resourceOwner: input.ResourceOwner?.split(":")[4] ?? accountOf(resource) ?? call.accountId,
        needsResourcePolicy: false,
        canonicalIdOf,
      });
      return resultOf(action, resource, decision, missing, boundary);
    }),
  );
  const numbered = results.map((result, index) => ({ key: String(index).padStart(6, "0"), result }));
  const { items, ...page } = pageOf(numbered, input, ({ key }) => key);
  return { EvaluationResults: items.map(({ result }) => result), ...page };
}

function resultOf(
  action: string,
  resource: string,
  decision: Decision,
  missing: readonly string[],
  boundary: NamedPolicy | undefined,
): Result {
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decision.allowed ? "allowed" : decision.reason === "explicit-deny" ? "explicitDeny" : "implicitDeny",
    MatchedStatements: decision.found.map(({ kind, policy }) => ({
      SourcePolicyId: policy.name,
      SourcePolicyType: kind === "resource-based policy" ? ("resource" as const) : sourceTypeOf(policy.name),
    })),
    MissingContextValues: [...missing],
    ...(boundary === undefined
      ? {}
      : {
          PermissionsBoundaryDecisionDetail: {
            AllowedByPermissionsBoundary: decision.allowed || decision.by !== "permissions boundary",
          },
        }),
  };
}

/** Inline policies are named after their owner's kind, managed ones by their ARN. */
function sourceTypeOf(name: string): "aws-managed" | "user-managed" | "user" | "role" | "group" | "none" {
  if (name.startsWith("arn:aws:iam::aws:")) return "aws-managed";
  if (name.startsWith("arn:")) return "user-managed";
  return (["user", "role", "group"] as const).find((kind) => name.startsWith(`${kind}_`)) ?? "none";
}

function missingKeys(policies: readonly NamedPolicy[], context: Context): readonly string[] {
  return keysUsedBy(policies.map(({ policy }) => policy)).filter((key) => !context.has(key.toLowerCase()));
}

function named(name: string, text: string): NamedPolicy {
  return { name, policy: checkDocument(text) };
}

function readResourcePolicy(text: string): NamedPolicy {
  const read = readPolicy(text, { on: "resource" });
  if (!read.ok) throw malformedPolicy(read.problem);
  return { name: "ResourcePolicy", policy: read.policy };
}

function principalOf(arn: string): Principal {
  const address = parseEntityArn(arn);
  if (address?.kind === "user") return { kind: "user", accountId: address.accountId, arn };
  if (address?.kind !== "role")
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const session = `arn:aws:sts::${address.accountId}:assumed-role/${address.name}/simulated`;
  return { kind: "role-session", accountId: address.accountId, arn: session, roleArn: arn };
}

function accountOf(arn: string): string | undefined {
  const account = arn.split(":")[4] ?? "";
  return /^\d{12}$/.test(account) ? account : undefined;
}
