import { type Credentials } from "../../aws/index.ts";
import { type Actor } from "./actor.ts";

/** What stories need to be there, made by real calls whether or not an earlier play has left something. */
export interface NewUser {
  readonly name: string;
  /** ARNs of managed policies. */
  readonly policies?: readonly string[];
  /** Statements of one policy of the user's own. */
  readonly statements?: readonly object[];
}

export const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

/** A policy as text. */
export function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A statement that allows. */
export function allow(actions: string | readonly string[], resources: string | readonly string[] = "*"): object {
  return { Effect: "Allow", Action: actions, Resource: resources };
}

/** A user as told, with one fresh key. */
export async function ensureUser(by: Actor, user: NewUser): Promise<Credentials> {
  const { name: UserName, policies = [], statements = [] } = user;
  await by.attempt("iam", "CreateUser", { UserName });
  for (const PolicyArn of policies) await by.call("iam", "AttachUserPolicy", { UserName, PolicyArn });
  if (statements.length > 0) {
    const PolicyDocument = policyOf(...statements);
    await by.call("iam", "PutUserPolicy", { UserName, PolicyName: "own", PolicyDocument });
  }
  return await renewKey(by, UserName);
}

/** IAM quotas: access keys of a user. */
const keysMax = 2;

/** A new key of a user, for nobody knows the secret of an old one; the oldest makes way where there is no room. */
export async function renewKey(by: Actor, UserName: string): Promise<Credentials> {
  const { AccessKeyMetadata: keys = [] } = await by.call("iam", "ListAccessKeys", { UserName });
  const oldestFirst = [...keys].sort((a, b) => Number(a.CreateDate) - Number(b.CreateDate));
  for (const { AccessKeyId } of oldestFirst.slice(0, Math.max(0, keys.length - keysMax + 1))) {
    await by.call("iam", "DeleteAccessKey", { UserName, AccessKeyId });
  }
  const { AccessKey: key } = await by.call("iam", "CreateAccessKey", { UserName });
  return { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
}

/** Removes a user with all that hangs on it, if it is there. */
export async function removeUser(by: Actor, UserName: string): Promise<void> {
  const keys = await by.attempt("iam", "ListAccessKeys", { UserName });
  if (keys === undefined) return;
  for (const { AccessKeyId } of keys.AccessKeyMetadata ?? []) {
    await by.call("iam", "DeleteAccessKey", { UserName, AccessKeyId });
  }
  const attached = await by.call("iam", "ListAttachedUserPolicies", { UserName });
  for (const { PolicyArn } of attached.AttachedPolicies ?? []) {
    await by.call("iam", "DetachUserPolicy", { UserName, PolicyArn });
  }
  const own = await by.call("iam", "ListUserPolicies", { UserName });
  for (const PolicyName of own.PolicyNames ?? []) await by.call("iam", "DeleteUserPolicy", { UserName, PolicyName });
  await by.attempt("iam", "DeleteLoginProfile", { UserName });
  await by.call("iam", "DeleteUser", { UserName });
}

/** A role as told; its trust policy is set anew. */
export async function ensureRole(
  by: Actor,
  role: {
    readonly name: string;
    readonly trusts: readonly object[];
    readonly policies?: readonly string[];
    readonly statements?: readonly object[];
  },
): Promise<void> {
  const trust = policyOf(...role.trusts);
  const made = await by.attempt("iam", "CreateRole", { RoleName: role.name, AssumeRolePolicyDocument: trust });
  if (made === undefined) {
    await by.call("iam", "UpdateAssumeRolePolicy", { RoleName: role.name, PolicyDocument: trust });
  }
  for (const PolicyArn of role.policies ?? []) {
    await by.call("iam", "AttachRolePolicy", { RoleName: role.name, PolicyArn });
  }
  if (role.statements !== undefined) {
    const PolicyDocument = policyOf(...role.statements);
    await by.call("iam", "PutRolePolicy", { RoleName: role.name, PolicyName: "own", PolicyDocument });
  }
}

/** Removes a role with all that hangs on it, if it is there. */
export async function removeRole(by: Actor, RoleName: string): Promise<void> {
  const attached = await by.attempt("iam", "ListAttachedRolePolicies", { RoleName });
  if (attached === undefined) return;
  for (const { PolicyArn } of attached.AttachedPolicies ?? []) {
    await by.call("iam", "DetachRolePolicy", { RoleName, PolicyArn });
  }
  const own = await by.call("iam", "ListRolePolicies", { RoleName });
  for (const PolicyName of own.PolicyNames ?? []) await by.call("iam", "DeleteRolePolicy", { RoleName, PolicyName });
  await by.call("iam", "DeleteRole", { RoleName });
}

/** A statement that lets somebody take on a role. */
export function trustIn(principalArn: string, externalId?: string): object {
  return {
    Effect: "Allow",
    Principal: { AWS: principalArn },
    Action: "sts:AssumeRole",
    ...(externalId === undefined ? {} : { Condition: { StringEquals: { "sts:ExternalId": externalId } } }),
  };
}

/** A bucket of the actor's region, if it is not there yet. */
export async function ensureBucket(by: Actor, Bucket: string): Promise<void> {
  // `us-east-1` cannot be said as a constraint.
  const there =
    by.region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: by.region as "eu-central-1" } };
  await by.attempt("s3", "CreateBucket", { Bucket, ...there });
}

/** Objects with a few bytes each. */
export async function fillBucket(by: Actor, Bucket: string, keys: readonly string[]): Promise<void> {
  for (const Key of keys) {
    const Body = `${Key}\n`.repeat(20);
    await by.call("s3", "PutObject", { Bucket, Key, Body, ContentType: "text/csv" });
  }
}

/** Removes a bucket with what is in it, if it is there. */
export async function removeBucket(by: Actor, Bucket: string): Promise<void> {
  for (;;) {
    const versions = await by.attempt("s3", "ListObjectVersions", { Bucket });
    if (versions === undefined) return;
    const Objects = [...(versions.Versions ?? []), ...(versions.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
      Key,
      VersionId,
    }));
    if (Objects.length === 0) break;
    await by.call("s3", "DeleteObjects", { Bucket, Delete: { Objects, Quiet: true } });
  }
  await by.attempt("s3", "DeleteBucket", { Bucket });
}
