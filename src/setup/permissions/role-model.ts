import { SetupError } from "../errors.ts";
import type { Deployment } from "../deployments/deployment.ts";
import type { WiringPlaces } from "../wiring/wiring.ts";
import { featuresOf, type FeatureName, type Permission, permissionsOf, type PermissionsRequest } from "./features.ts";
import { policyFor, type RolePolicyDocument } from "./policy-for.ts";
import { defaultRoleName, type PolicyScope, scopeOf } from "./scope.ts";
import { maxSessionSeconds, principalOf, type TrustDocument, trustFor } from "./trust.ts";

/** A role as it is printed, whatever the form: CloudFormation, Terraform, JSON or commands. */
export interface RoleModel {
  readonly roleName: string;
  readonly description: string;
  readonly trust: TrustDocument;
  readonly policies: readonly { readonly name: string; readonly document: RolePolicyDocument }[];
  readonly maxSessionSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RoleRequest extends Omit<PermissionsRequest, "features"> {
  readonly deployment: Pick<Deployment, "accountId" | "names" | "depth" | "externalId" | "logAccount" | "roleArn">;
  /** Those of the depth where not given. */
  readonly features?: readonly FeatureName[];
  /** Who takes the role on: what Trailwarden runs as. */
  readonly principalArn: string;
  readonly partition?: string;
  readonly places?: WiringPlaces;
  readonly prefix?: string;
  readonly isNarrow?: boolean;
}

/** A deployment's role in one account. */
export interface AccountRole {
  readonly accountId: string;
  readonly model: RoleModel;
  readonly permissions: readonly Permission[];
  readonly scope: PolicyScope;
  /** Permissions for which there is nothing to allow them on yet. */
  readonly leftOut: readonly Permission[];
}

/** The roles that a deployment needs: one in its account and, where log files lie in another, one there. */
export function rolesOf(request: RoleRequest): readonly AccountRole[] {
  const { deployment } = request;
  const allowed = featuresOf(deployment.depth);
  const features = (request.features ?? allowed).filter((feature) => allowed.includes(feature));
  const permissions = permissionsOf({ ...request, features });
  return accountsOf(deployment).map(({ accountId, roleArn, part }) => {
    const roleName = roleNameOf(roleArn) ?? (part === "logs" ? `${defaultRoleName}-logs` : defaultRoleName);
    const scope = scopeOf({ ...request, accountId, roleName });
    const own = permissions.filter((permission) => isOf(part, permission));
    const { document, leftOut } = policyFor(own, scope);
    const model = roleModel({
      roleName,
      description: descriptionOf(features, part),
      policy: document,
      trusted: { principalArn: request.principalArn, externalId: deployment.externalId },
    });
    return { accountId, model, permissions: own, scope, leftOut };
  });
}

/** What of a deployment's wiring an account holds. */
export type AccountPart = "whole" | "trails" | "logs";

export interface DeploymentAccount {
  readonly accountId: string;
  readonly roleArn: string | undefined;
  readonly part: AccountPart;
}

export function accountsOf(
  deployment: Pick<Deployment, "accountId" | "roleArn" | "logAccount">,
): readonly DeploymentAccount[] {
  const { accountId, roleArn, logAccount } = deployment;
  if (logAccount === undefined) return [{ accountId, roleArn, part: "whole" }];
  return [
    { accountId, roleArn, part: "trails" },
    { ...logAccount, part: "logs" },
  ];
}

/**
 * A central log account has buckets, topics, queues and keys, and nothing else is asked of it. CloudTrail's public keys
 * are everybody's: who collects asks for them.
 */
export function isOf(part: AccountPart, { action, on }: Permission): boolean {
  if (part === "whole" || on === "key" || on === "role" || action === "cloudtrail:ListPublicKeys") return true;
  return /^(?:s3|sns|sqs):/.test(action) === (part === "logs");
}

export function roleModel(given: {
  readonly roleName: string;
  readonly description: string;
  readonly policy: RolePolicyDocument;
  readonly trusted: { readonly principalArn: string; readonly externalId: string };
}): RoleModel {
  const { roleName, description, policy, trusted } = given;
  checkRoleName(roleName);
  checkSize(policy);
  return {
    roleName,
    description,
    trust: trustFor({ ...trusted, principalArn: principalOf(trusted.principalArn) }),
    policies: [{ name: "trailwarden", document: policy }],
    maxSessionSeconds,
    tags: { "made-for": "trailwarden" },
  };
}

/** The last part of a role's ARN; nothing when it is none. */
export function roleNameOf(roleArn: string | undefined): string | undefined {
  return /^arn:[\w-]+:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(roleArn ?? "")?.[1];
}

function descriptionOf(features: readonly FeatureName[], part: AccountPart): string {
  const where = part === "logs" ? "in the account of the log files" : "in the account of the trails";
  return `Trailwarden ${part === "whole" ? "in this account" : where}: ${features.join(", ")}`;
}

function checkRoleName(roleName: string): void {
  if (/^[\w+=,.@-]{1,64}$/.test(roleName)) return;
  throw new SetupError(`${roleName} is no name of a role`, {
    code: "role-invalid",
    fault: "user",
    details: { roleName },
    help: "Take up to 64 letters, digits and _+=,.@-",
  });
}

/** The inline policies of a role, white space left out (IAM User Guide, "IAM and AWS STS quotas"). */
const policySizeMax = 10_240;

function checkSize(policy: RolePolicyDocument): void {
  const size = JSON.stringify(policy).length;
  if (size <= policySizeMax) return;
  throw new SetupError(`The role's policy has ${size} characters, and IAM takes ${policySizeMax}`, {
    code: "role-invalid",
    fault: "user",
    details: { size },
    help: "Choose fewer features, or a role for each of them",
  });
}
