import { type Bucket, bucketArn, objectArn } from "../bucket.ts";
import { type StoredObject } from "../objects/object-version.ts";
import { type Acl, type AclPermission, allUsers, authenticatedUsers, isPrivateAcl, logDelivery } from "./acl.ts";
import { canonicalIdOf } from "../../../identity/unique-ids.ts";
import { isPublicPolicy } from "./public-policy.ts";

const known = new WeakMap<Bucket, { readonly policy: string | undefined }>();

/**
 * Everything that hangs on a bucket and says who may do what, as one policy: its own, what its ACL gives, and what
 * blocking of public access takes away.
 */
export function effectivePolicy(bucket: Bucket): string | undefined {
  const found = known.get(bucket);
  if (found !== undefined) return found.policy;
  const policy = withStatements(bucket.policy, [
    ...aclStatements(visibleAcl(bucket.acl, bucket), bucket.ownerId, bucketActions, [
      bucketArn(bucket.name),
      objectArn(bucket.name, "*"),
    ]),
    ...restriction(bucket),
  ]);
  known.set(bucket, { policy });
  return policy;
}

/** What hangs on an object: the bucket's policy where the bucket's owner has it, and the object's ACL. */
export function objectPolicy(bucket: Bucket, object: StoredObject | undefined): string | undefined {
  if (object === undefined || bucket.ownership === "BucketOwnerEnforced") return effectivePolicy(bucket);
  const acl = visibleAcl(object.acl, bucket);
  // A bucket's policy does not reach objects of others (S3 User Guide, 'How Amazon S3 authorizes a request').
  const basis = object.ownerId === bucket.ownerId ? effectivePolicy(bucket) : undefined;
  if (isPrivateAcl(acl, object.ownerId)) return basis;
  return withStatements(
    basis,
    // The policy is looked at for this one object, so that all of the bucket stands for it.
    aclStatements(acl, object.ownerId, objectActions, [objectArn(bucket.name, "*")]),
  );
}

/** The grants that count: none of public ones where they are to be ignored, none at all where ACLs are off. */
function visibleAcl(acl: Acl, { ownership, publicAccessBlock }: Bucket): Acl {
  if (ownership === "BucketOwnerEnforced") return [];
  if (publicAccessBlock?.IgnorePublicAcls !== true) return acl;
  return acl.filter(({ grantee }) => grantee.kind === "user" || grantee.uri === logDelivery);
}

/** S3 User Guide, 'Access control list (ACL) overview', 'Mapping of ACL permissions and access policy permissions'. */
const bucketActions: Readonly<Record<Exclude<AclPermission, "FULL_CONTROL">, readonly string[]>> = {
  READ: ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"],
  WRITE: ["s3:PutObject"],
  READ_ACP: ["s3:GetBucketAcl"],
  WRITE_ACP: ["s3:PutBucketAcl"],
};

const objectActions: typeof bucketActions = {
  READ: ["s3:GetObject", "s3:GetObjectVersion"],
  WRITE: [],
  READ_ACP: ["s3:GetObjectAcl", "s3:GetObjectVersionAcl"],
  WRITE_ACP: ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
};

function aclStatements(
  acl: Acl,
  ownerId: string,
  actionsOf: typeof bucketActions,
  resources: readonly string[],
): readonly object[] {
  return acl.flatMap(({ grantee, permission }) => {
    // The owner's account does not need its own grant.
    if (grantee.kind === "user" && grantee.id === canonicalIdOf(ownerId)) return [];
    const actions = permission === "FULL_CONTROL" ? Object.values(actionsOf).flat() : actionsOf[permission];
    if (actions.length === 0) return [];
    return [
      {
        Effect: "Allow",
        ...principalOf(grantee),
        Action: actions,
        Resource: resources,
      },
    ];
  });
}

function principalOf(grantee: Acl[number]["grantee"]): object {
  if (grantee.kind === "user") return { Principal: { CanonicalUser: grantee.id } };
  switch (grantee.uri) {
    case allUsers:
      return { Principal: "*" };
    case authenticatedUsers:
      return { Principal: "*", Condition: { Null: { "aws:PrincipalAccount": "false" } } };
    default:
      return { Principal: { Service: "logging.s3.amazonaws.com" } };
  }
}

/** RestrictPublicBuckets: a public policy lets in services of AWS and the owner's account only. */
function restriction({ name, ownerId, policy, publicAccessBlock }: Bucket): readonly object[] {
  if (publicAccessBlock?.RestrictPublicBuckets !== true || policy === undefined || !isPublicPolicy(policy)) return [];
  return [
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [bucketArn(name), objectArn(name, "*")],
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": ownerId },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ];
}

function withStatements(policy: string | undefined, statements: readonly object[]): string | undefined {
  if (statements.length === 0) return policy;
  const basis = policy === undefined ? { Version: "2012-10-17" } : (JSON.parse(policy) as { Statement?: unknown });
  const own = "Statement" in basis && basis.Statement !== undefined ? [basis.Statement].flat() : [];
  return JSON.stringify({ ...basis, Statement: [...own, ...statements] });
}
