import { AwsError } from "../../../../aws/index.ts";
import { type Acl, type AclInput, isPrivateAcl, isPublicAcl, printAcl, privateAcl, readAcl } from "../access/acl.ts";
import { type Bucket } from "../bucket.ts";
import { accessDenied, malformedXml } from "../errors.ts";
import { bucketNeed, objectNeed } from "../need.ts";
import { announce } from "../notices/announce.ts";
import { findObject, lookUp, readNeeds } from "../objects/find-object.ts";
import { aclNotSupported } from "../objects/new-object.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getBucketAcl(s3: S3): S3Operation<"GetBucketAcl"> {
  return onBucket(s3, "GetBucketAcl", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketAcl")],
    answer: (_input, bucket) => printAcl(shown(bucket, bucket.acl, bucket.ownerId), bucket.ownerId),
  });
}

export function putBucketAcl(s3: S3): S3Operation<"PutBucketAcl"> {
  return onBucket(s3, "PutBucketAcl", {
    needs: (input, bucket) => [bucketNeed(bucket, "s3:PutBucketAcl", { "s3:x-amz-acl": input.ACL })],
    answer(input, bucket) {
      const acl = newAcl(s3, bucket, { ...input, AccessControlPolicy: input.AccessControlPolicy }, bucket.ownerId);
      if (acl !== undefined) s3.buckets.put(bucket.name, { ...bucket, acl });
      return {};
    },
  });
}

export function getObjectAcl(s3: S3): S3Operation<"GetObjectAcl"> {
  return onBucket(s3, "GetObjectAcl", {
    needs: (input, bucket) =>
      readNeeds(s3, bucket, input, { latest: "s3:GetObjectAcl", version: "s3:GetObjectVersionAcl" }),
    answer(input, bucket) {
      const object = findObject(s3, bucket, input);
      const ownerId = bucket.ownership === "BucketOwnerEnforced" ? bucket.ownerId : object.ownerId;
      return printAcl(shown(bucket, object.acl, ownerId), ownerId);
    },
  });
}

export function putObjectAcl(s3: S3): S3Operation<"PutObjectAcl"> {
  return onBucket(s3, "PutObjectAcl", {
    needs: (input, bucket) => [
      objectNeed(
        bucket,
        input.Key ?? "",
        input.VersionId === undefined ? "s3:PutObjectAcl" : "s3:PutObjectVersionAcl",
        { "s3:x-amz-acl": input.ACL, "s3:VersionId": input.VersionId },
        lookUp(s3, bucket, input),
      ),
    ],
    async answer(input, bucket, call) {
      const object = findObject(s3, bucket, input);
      const acl = newAcl(s3, bucket, { ...input, AccessControlPolicy: input.AccessControlPolicy }, object.ownerId);
      if (acl !== undefined) {
        s3.objects.change({ ...object, acl });
        await announce(s3, call, bucket, "ObjectAcl:Put", object);
      }
      return {};
    },
  });
}

/** What is to be kept; nothing where ACLs are off, which then take only what they would say anyway. */
function newAcl(s3: S3, bucket: Bucket, input: AclInput, ownerId: string): Acl | undefined {
  const acl = readAcl(input, { ownerId, bucketOwnerId: bucket.ownerId }, s3.world.accounts);
  if (acl === undefined) {
    throw new AwsError("MissingSecurityHeader", "Your request was missing a required header", 400, {
      MissingHeaderName: "x-amz-acl",
    });
  }
  if (acl.length === 0 && input.AccessControlPolicy?.Grants === undefined) throw malformedXml();
  if (bucket.ownership === "BucketOwnerEnforced") {
    const isSame =
      input.ACL === "bucket-owner-full-control" || (input.ACL === undefined && isPrivateAcl(acl, bucket.ownerId));
    if (!isSame) throw aclNotSupported();
    return undefined;
  }
  if (bucket.publicAccessBlock?.BlockPublicAcls === true && isPublicAcl(acl)) throw accessDenied();
  return acl;
}

function shown({ ownership }: Bucket, acl: Acl, ownerId: string): Acl {
  return ownership === "BucketOwnerEnforced" ? privateAcl(ownerId) : acl;
}
