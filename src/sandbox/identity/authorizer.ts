import { type Caller } from "../caller.ts";
import { type Authorization, type Authorizer } from "../front/authorizer.ts";
import { type AccessRequest, type Decision, evaluate, type NamedPolicy } from "../policy/evaluate.ts";
import { type Principal } from "../policy/principal.ts";
import { type Call, type Need } from "../service.ts";
import { denialOf } from "./denial.ts";
import { type Directory } from "./directory.ts";
import { type OrganizationBook } from "./organization-book.ts";
import { boundaryOf, policiesOf } from "./policies-of.ts";
import { type PolicyTexts } from "./policy-texts.ts";
import { requestContext } from "./request-context.ts";
import { type Role, type User } from "./things.ts";
import { canonicalIdOf } from "./unique-ids.ts";

/** Looks at all policies that bear on a need. */
export interface PolicyAuthorizer extends Authorizer {
  authorize(call: Call, need: Need): Authorization;
  /** The decision itself, with its statements. */
  decide(call: Call, need: Need): Decision;
}

/** Makes the authorizer of the made-up AWS. */
export function createAuthorizer(
  directory: Directory,
  organizations: OrganizationBook,
  texts: PolicyTexts,
): PolicyAuthorizer {
  function decide(call: Call, need: Need): Decision {
    const owner = need.ownerId ?? call.accountId;
    const resourcePolicy =
      need.resourcePolicy === undefined || isRootMendingBucketPolicy(call, need, owner)
        ? undefined
        : texts.read("resource", need.resourcePolicy, isTrust(need) ? "trust" : "resource");
    return evaluate({
      ...sidesOf(call.caller, directory, organizations, texts),
      action: need.action,
      resource: need.resource,
      context: requestContext(call, need, organizations),
      resourcePolicy,
      resourceOwner: owner,
      needsResourcePolicy: need.resourcePolicy !== undefined && (isTrust(need) || need.action.startsWith("kms:")),
      canonicalIdOf,
    });
  }
  return {
    decide,
    authorize(call, need) {
      if (isBarredToken(call, need)) return { allowed: false, message: "Access denied to temporary credentials" };
      const decision = decide(call, need);
      return decision.allowed ? { allowed: true } : { allowed: false, message: denialOf(call, need, decision) };
    },
  };
}

/**
 * Tokens of GetSessionToken without MFA, and of GetFederationToken, are good for no call to IAM. STS API Reference,
 * GetSessionToken and GetFederationToken, 'Permissions'; AWS's sentence for it is not known. Who is signed in to the
 * console works with IAM there.
 */
function isBarredToken({ caller }: Call, { action }: Need): boolean {
  if (!action.startsWith("iam:") || caller.context["aws:TokenIssueTime"] === undefined) return false;
  if (caller.kind === "federated-user") return true;
  const hasMfa = caller.context["aws:MultiFactorAuthPresent"] === "true";
  return caller.kind === "user" && caller.isOfConsole !== true && !hasMfa;
}

function isTrust({ action }: Need): boolean {
  return /^sts:(?:AssumeRole|TagSession$|SetSourceIdentity$|SetContext$)/i.test(action);
}

/** The owner's root can always look at and take away a bucket's policy: S3 API Reference, DeleteBucketPolicy. */
function isRootMendingBucketPolicy({ caller }: Call, { action }: Need, owner: string): boolean {
  return caller.kind === "root" && caller.accountId === owner && /^s3:(?:Get|Put|Delete)BucketPolicy$/.test(action);
}

type Sides = Pick<
  AccessRequest,
  "principal" | "identityPolicies" | "boundary" | "sessionPolicies" | "serviceControlPolicies"
>;

function sidesOf(caller: Caller, directory: Directory, organizations: OrganizationBook, texts: PolicyTexts): Sides {
  const entity = entityOf(caller, directory);
  const isLinked = entity !== undefined && "linkedService" in entity && entity.linkedService !== undefined;
  const hasAccount = caller.kind !== "service" && caller.kind !== "anonymous";
  return {
    principal: principalOf(caller),
    identityPolicies: entity === undefined ? [] : policiesOf(entity, directory, texts),
    boundary: entity === undefined ? undefined : boundaryOf(entity, directory, texts),
    sessionPolicies: sessionPoliciesOf(caller, texts),
    // Control policies do not bind service-linked roles: Organizations User Guide, 'Service control policies'.
    serviceControlPolicies:
      !hasAccount || isLinked
        ? []
        : organizations
            .controlsOf(caller.accountId)
            .map((level) => level.map(({ id, content }) => texts.read(id, content, "control"))),
  };
}

/** A federated user has no more than its session's policies give, even when there are none. */
function sessionPoliciesOf(caller: Caller, texts: PolicyTexts): readonly NamedPolicy[] | undefined {
  if (caller.sessionPolicies.length === 0 && caller.kind !== "federated-user") return undefined;
  return caller.sessionPolicies.map((text) => texts.read("session", text, "identity"));
}

function entityOf(caller: Caller, directory: Directory): User | Role | undefined {
  switch (caller.kind) {
    case "user":
      return directory.userByArn(caller.principalArn);
    case "role-session":
      return directory.roleByArn(caller.principalArn);
    case "federated-user":
      return directory.userByArn(caller.identity.sessionContext?.sessionIssuer?.arn ?? "");
    case "root":
    case "service":
    case "anonymous":
      return undefined;
  }
}

function principalOf(caller: Caller): Principal {
  const { accountId, arn, principalArn } = caller;
  switch (caller.kind) {
    case "root":
      return { kind: "root", accountId, arn };
    case "user":
      return { kind: "user", accountId, arn: principalArn };
    case "role-session":
      return { kind: "role-session", accountId, arn, roleArn: principalArn };
    case "federated-user":
      return {
        kind: "federated-user",
        accountId,
        arn,
        issuerArn: caller.identity.sessionContext?.sessionIssuer?.arn ?? "",
      };
    case "service":
      return { kind: "service", service: principalArn };
    case "anonymous":
      return { kind: "anonymous" };
  }
}
