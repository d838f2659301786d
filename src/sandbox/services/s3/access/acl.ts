import { type AwsError } from "../../../../aws/index.ts";
import { type Accounts } from "../../../world.ts";
import { invalidArgument, malformedXml, notImplemented } from "../errors.ts";
import { canonicalIdOf } from "../../../identity/unique-ids.ts";

/** Who may do what with a bucket or an object, beside policies. S3 User Guide, 'Access control list (ACL) overview'. */
export type Acl = readonly Grant[];

export interface Grant {
  readonly grantee: Grantee;
  readonly permission: AclPermission;
}

export type Grantee = { readonly kind: "user"; readonly id: string } | { readonly kind: "group"; readonly uri: string };

const permissions = ["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"] as const;

export type AclPermission = (typeof permissions)[number];

export const allUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
export const authenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
export const logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

/** As operations that make or change a bucket or an object are asked. */
export interface AclInput {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly AccessControlPolicy?: AclDocument | undefined;
}

/** The ACL as S3 shows it. */
export interface AclDocument {
  Owner?: { ID?: string | undefined } | undefined;
  Grants?: AclGrantDocument[] | undefined;
}

interface AclGrantDocument {
  Grantee?:
    | { Type: string | undefined; ID?: string | undefined; URI?: string | undefined; EmailAddress?: string | undefined }
    | undefined;
  Permission?: string | undefined;
}

/** Who owns what the ACL is for, and the bucket that it lies in. */
export interface AclOwners {
  readonly ownerId: string;
  readonly bucketOwnerId: string;
}

/** Only its owner, who may do everything. */
export function privateAcl(ownerId: string): Acl {
  return [{ grantee: { kind: "user", id: canonicalIdOf(ownerId) }, permission: "FULL_CONTROL" }];
}

/** What the request asks for; undefined when it says nothing of an ACL. */
export function readAcl(input: AclInput, owners: AclOwners, accounts: Accounts): Acl | undefined {
  const byHeader = headerGrants(input, accounts);
  const given = [input.ACL !== undefined, byHeader.length > 0, input.AccessControlPolicy !== undefined];
  if (given.filter(Boolean).length > 1) {
    throw invalidArgument("Specifying both Canned ACLs and Header Grants is not allowed", "x-amz-acl", input.ACL ?? "");
  }
  if (input.ACL !== undefined) return cannedAcl(input.ACL, owners);
  if (input.AccessControlPolicy !== undefined) return readDocument(input.AccessControlPolicy, owners, accounts);
  return byHeader.length > 0 ? byHeader : undefined;
}

/** Whether a request says anything of an ACL in its headers. */
export function hasAclInput(input: AclInput): boolean {
  const { ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = input;
  return [ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].some(
    (given) => given !== undefined,
  );
}

/** Whether it lets in anybody, or anybody with an account. S3 User Guide, 'The meaning of "public"'. */
export function isPublicAcl(acl: Acl): boolean {
  return acl.some(({ grantee }) => grantee.kind === "group" && grantee.uri !== logDelivery);
}

/** Whether it gives something to nobody but the owner. */
export function isPrivateAcl(acl: Acl, ownerId: string): boolean {
  return acl.every(({ grantee }) => grantee.kind === "user" && grantee.id === canonicalIdOf(ownerId));
}

export function printAcl(acl: Acl, ownerId: string): { Owner: { ID: string }; Grants: AclGrantOutput[] } {
  return {
    Owner: { ID: canonicalIdOf(ownerId) },
    Grants: acl.map(({ grantee, permission }) => ({
      Grantee:
        grantee.kind === "user" ? { Type: "CanonicalUser", ID: grantee.id } : { Type: "Group", URI: grantee.uri },
      Permission: permission,
    })),
  };
}

interface AclGrantOutput {
  Grantee: { Type: "CanonicalUser"; ID: string } | { Type: "Group"; URI: string };
  Permission: AclPermission;
}

function cannedAcl(name: string, { ownerId, bucketOwnerId }: AclOwners): Acl {
  const owner = privateAcl(ownerId);
  const group = (uri: string, permission: AclPermission): Grant => ({ grantee: { kind: "group", uri }, permission });
  const bucketOwner = (permission: AclPermission): Acl =>
    bucketOwnerId === ownerId
      ? owner
      : [...owner, { grantee: { kind: "user", id: canonicalIdOf(bucketOwnerId) }, permission }];
  switch (name) {
    case "private":
      return owner;
    case "public-read":
      return [...owner, group(allUsers, "READ")];
    case "public-read-write":
      return [...owner, group(allUsers, "READ"), group(allUsers, "WRITE")];
    case "authenticated-read":
      return [...owner, group(authenticatedUsers, "READ")];
    case "bucket-owner-read":
      return bucketOwner("READ");
    case "bucket-owner-full-control":
      return bucketOwner("FULL_CONTROL");
    case "log-delivery-write":
      return [...owner, group(logDelivery, "WRITE"), group(logDelivery, "READ_ACP")];
    default:
      throw invalidArgument("Argument value is invalid", "x-amz-acl", name);
  }
}

const grantsMax = 100;

function headerGrants(input: AclInput, accounts: Accounts): Acl {
  const headers = [
    [input.GrantFullControl, "FULL_CONTROL"],
    [input.GrantRead, "READ"],
    [input.GrantReadACP, "READ_ACP"],
    [input.GrantWrite, "WRITE"],
    [input.GrantWriteACP, "WRITE_ACP"],
  ] as const;
  const grants = headers.flatMap(([text, permission]) =>
    text === undefined
      ? []
      : text.split(",", grantsMax + 1).map((part) => ({ grantee: headerGrantee(part, accounts), permission })),
  );
  if (grants.length > grantsMax) throw malformedXml();
  return grants;
}

function headerGrantee(text: string, accounts: Accounts): Grantee {
  const [, kind, value = ""] = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/i.exec(text) ?? [];
  switch (kind?.toLowerCase()) {
    case "id":
      return userGrantee(value, accounts);
    case "uri":
      return groupGrantee(value);
    case undefined:
      throw invalidArgument("Argument format not recognized", "x-amz-grant", text.slice(0, 200));
    default:
      throw emailGrantee();
  }
}

function readDocument({ Owner, Grants }: AclDocument, { ownerId }: AclOwners, accounts: Accounts): Acl {
  if (Owner?.ID !== undefined && Owner.ID !== canonicalIdOf(ownerId)) {
    throw invalidArgument("Invalid id", "CanonicalUser/ID", Owner.ID);
  }
  if ((Grants?.length ?? 0) > grantsMax) throw malformedXml();
  return (Grants ?? []).map(({ Grantee, Permission }) => {
    const permission = permissions.find((known) => known === Permission);
    if (permission === undefined || Grantee === undefined) throw malformedXml();
    if (Grantee.ID !== undefined) return { grantee: userGrantee(Grantee.ID, accounts), permission };
    if (Grantee.URI !== undefined) return { grantee: groupGrantee(Grantee.URI), permission };
    throw Grantee.EmailAddress === undefined ? malformedXml() : emailGrantee();
  });
}

function userGrantee(id: string, accounts: Accounts): Grantee {
  const isKnown = accounts.all().some((accountId) => canonicalIdOf(accountId) === id);
  if (!isKnown) throw invalidArgument("Invalid id", "CanonicalUser/ID", id.slice(0, 200));
  return { kind: "user", id };
}

function groupGrantee(uri: string): Grantee {
  if (uri !== allUsers && uri !== authenticatedUsers && uri !== logDelivery) {
    throw invalidArgument("Invalid group uri", "Group/URI", uri.slice(0, 200));
  }
  return { kind: "group", uri };
}

/** S3 stopped taking them in 2025 (S3 User Guide, document history); the sandbox's accounts have no addresses. */
function emailGrantee(): AwsError {
  return notImplemented("grantees by email address");
}
