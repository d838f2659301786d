import { type Context } from "./context.ts";
import { type Policy, type Statement } from "./policy-document.ts";
import { type Meant, meant, type Principal } from "./principal.ts";
import { type Asked, statementApplies } from "./statement-applies.ts";

/** A policy with the name it is found under, such as its ARN. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

export interface AccessRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  /** Of the user with its groups, or of the role. */
  readonly identityPolicies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy | undefined;
  /** Undefined where the session was made without any; an empty list for federated users, who then may do nothing. */
  readonly sessionPolicies?: readonly NamedPolicy[] | undefined;
  /** One list for each level of the organization, from its root down to the account; each has to allow. */
  readonly serviceControlPolicies: readonly (readonly NamedPolicy[])[];
  readonly resourcePolicy?: NamedPolicy | undefined;
  /** The account that owns the resource. */
  readonly resourceOwner: string;
  /** Whether nothing goes without the resource's policy: true of roles' trust policies and keys' policies. */
  readonly needsResourcePolicy: boolean;
  readonly canonicalIdOf: (accountId: string) => string;
}

export type PolicyKind =
  | "identity-based policy"
  | "permissions boundary"
  | "session policy"
  | "service control policy"
  | "resource-based policy";

/** A statement that decided, with the policy that it stands in. */
export interface FoundStatement {
  readonly kind: PolicyKind;
  readonly policy: NamedPolicy;
  readonly statement: Statement;
}

export type Decision =
  | { readonly allowed: true; readonly found: readonly FoundStatement[] }
  | {
      readonly allowed: false;
      readonly reason: "explicit-deny" | "implicit-deny";
      /** The kind of policy that denies, or that fails to allow. */
      readonly by: PolicyKind;
      readonly found: readonly FoundStatement[];
    };

/**
 * Decides as AWS says it does: IAM User Guide, 'Policy evaluation logic' with its pages 'How AWS enforcement code logic
 * evaluates requests', 'Policy evaluation for requests within a single account' and 'Cross-account policy evaluation
 * logic'.
 */
export function evaluate(request: AccessRequest): Decision {
  const asked: Asked = { ...request, action: request.action.toLowerCase() };
  const sides = identitySides(request);
  const denies = [
    ...sides.flatMap(([kind, policies]) => find("Deny", kind, policies, asked)),
    ...resourceStatements("Deny", request, asked).map(({ found }) => found),
  ];
  const [deny] = denies;
  if (deny !== undefined) return { allowed: false, reason: "explicit-deny", by: deny.kind, found: denies };

  const grants = resourceStatements("Allow", request, asked);
  const granted = grants.map(({ found }) => found);
  const { principal } = request;
  if (!("accountId" in principal)) {
    return grants.length > 0 ? { allowed: true, found: granted } : missing("resource-based policy");
  }
  for (const level of request.serviceControlPolicies) {
    if (find("Allow", "service control policy", level, asked).length === 0) return missing("service control policy");
  }
  const identity = identityAllows(request, asked);
  if (principal.accountId !== request.resourceOwner) {
    if (!identity.allowed) return identity;
    return grants.length > 0
      ? { allowed: true, found: [...identity.found, ...granted] }
      : missing("resource-based policy");
  }
  const how = strongest(grants.map(({ how: meaning }) => meaning));
  // Somebody named as such needs nothing else; "*" names everybody as such.
  if (how === "caller") return { allowed: true, found: granted };
  if (how === "issuer") {
    const limit = limitsAllow(request, asked);
    return limit ?? { allowed: true, found: granted };
  }
  if (request.needsResourcePolicy && how === undefined) return missing("resource-based policy");
  return identity.allowed ? { allowed: true, found: [...identity.found, ...granted] } : identity;
}

/** What the caller's own side says: root may do all that a control policy allows. */
function identityAllows(request: AccessRequest, asked: Asked): Decision {
  if (request.principal.kind === "root") return { allowed: true, found: [] };
  const allows = find("Allow", "identity-based policy", request.identityPolicies, asked);
  if (allows.length === 0) return missing("identity-based policy");
  return limitsAllow(request, asked) ?? { allowed: true, found: allows };
}

/** The denial by a boundary or a session's policy; undefined when neither stands in the way. */
function limitsAllow({ boundary, sessionPolicies }: AccessRequest, asked: Asked): Decision | undefined {
  if (boundary !== undefined && find("Allow", "permissions boundary", [boundary], asked).length === 0) {
    return missing("permissions boundary");
  }
  if (sessionPolicies !== undefined && find("Allow", "session policy", sessionPolicies, asked).length === 0) {
    return missing("session policy");
  }
  return undefined;
}

function identitySides(request: AccessRequest): readonly (readonly [PolicyKind, readonly NamedPolicy[]])[] {
  return [
    ["service control policy", request.serviceControlPolicies.flat()],
    ["identity-based policy", request.principal.kind === "root" ? [] : request.identityPolicies],
    ["permissions boundary", request.boundary === undefined ? [] : [request.boundary]],
    ["session policy", request.sessionPolicies ?? []],
  ];
}

function find(
  effect: Statement["effect"],
  kind: PolicyKind,
  policies: readonly NamedPolicy[],
  asked: Asked,
): readonly FoundStatement[] {
  return policies.flatMap((policy) =>
    policy.policy.statements
      .filter((statement) => statement.effect === effect && statementApplies(statement, asked))
      .map((statement) => ({ kind, policy, statement })),
  );
}

interface ResourceStatement {
  readonly found: FoundStatement;
  readonly how: Meant;
}

function resourceStatements(
  effect: Statement["effect"],
  { resourcePolicy, principal, canonicalIdOf }: AccessRequest,
  asked: Asked,
): readonly ResourceStatement[] {
  if (resourcePolicy === undefined) return [];
  return resourcePolicy.policy.statements.flatMap((statement) => {
    if (statement.effect !== effect || statement.principals === undefined) return [];
    const how = meant(statement.principals, principal, canonicalIdOf);
    if (how === undefined || !statementApplies(statement, asked)) return [];
    return [{ how, found: { kind: "resource-based policy" as const, policy: resourcePolicy, statement } }];
  });
}

function strongest(meanings: readonly Meant[]): Meant | undefined {
  return (["caller", "issuer", "account"] as const).find((how) => meanings.includes(how));
}

function missing(by: PolicyKind): Decision {
  return { allowed: false, reason: "implicit-deny", by, found: [] };
}
