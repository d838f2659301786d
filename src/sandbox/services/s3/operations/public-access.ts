import { AwsError } from "../../../../aws/index.ts";
import { isPrivateAcl } from "../access/acl.ts";
import { withoutSetting } from "../bucket.ts";
import { malformedXml } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { readOwnership } from "./buckets.ts";

export function getPublicAccessBlock(s3: S3): S3Operation<"GetPublicAccessBlock"> {
  return onBucket(s3, "GetPublicAccessBlock", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketPublicAccessBlock")],
    answer(_input, bucket) {
      if (bucket.publicAccessBlock !== undefined) return { PublicAccessBlockConfiguration: bucket.publicAccessBlock };
      throw new AwsError(
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found",
        404,
        { BucketName: bucket.name },
      );
    },
  });
}

export function putPublicAccessBlock(s3: S3): S3Operation<"PutPublicAccessBlock"> {
  return onBucket(s3, "PutPublicAccessBlock", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketPublicAccessBlock")],
    answer(input, bucket) {
      const given = input.PublicAccessBlockConfiguration;
      if (given === undefined) throw malformedXml();
      const publicAccessBlock = {
        BlockPublicAcls: given.BlockPublicAcls ?? false,
        IgnorePublicAcls: given.IgnorePublicAcls ?? false,
        BlockPublicPolicy: given.BlockPublicPolicy ?? false,
        RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
      };
      s3.buckets.put(bucket.name, { ...bucket, publicAccessBlock });
      return {};
    },
  });
}

export function deletePublicAccessBlock(s3: S3): S3Operation<"DeletePublicAccessBlock"> {
  return onBucket(s3, "DeletePublicAccessBlock", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketPublicAccessBlock")],
    answer(_input, bucket) {
      s3.buckets.put(bucket.name, withoutSetting(bucket, "publicAccessBlock"));
      return {};
    },
  });
}

export function getBucketOwnershipControls(s3: S3): S3Operation<"GetBucketOwnershipControls"> {
  return onBucket(s3, "GetBucketOwnershipControls", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketOwnershipControls")],
    answer(_input, bucket) {
      if (bucket.ownership !== undefined) {
        return { OwnershipControls: { Rules: [{ ObjectOwnership: bucket.ownership }] } };
      }
      throw new AwsError("OwnershipControlsNotFoundError", "The bucket ownership controls were not found", 404, {
        BucketName: bucket.name,
      });
    },
  });
}

export function putBucketOwnershipControls(s3: S3): S3Operation<"PutBucketOwnershipControls"> {
  return onBucket(s3, "PutBucketOwnershipControls", {
    needs: (input, bucket) => [
      bucketNeed(bucket, "s3:PutBucketOwnershipControls", {
        "s3:x-amz-object-ownership": input.OwnershipControls?.Rules?.[0]?.ObjectOwnership,
      }),
    ],
    answer(input, bucket) {
      const [rule, ...more] = input.OwnershipControls?.Rules ?? [];
      if (rule?.ObjectOwnership === undefined || more.length > 0) throw malformedXml();
      const ownership = readOwnership(rule.ObjectOwnership);
      if (ownership === "BucketOwnerEnforced" && !isPrivateAcl(bucket.acl, bucket.ownerId)) {
        throw new AwsError(
          "InvalidBucketAclWithObjectOwnership",
          "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        );
      }
      s3.buckets.put(bucket.name, { ...bucket, ownership });
      return {};
    },
  });
}

export function deleteBucketOwnershipControls(s3: S3): S3Operation<"DeleteBucketOwnershipControls"> {
  return onBucket(s3, "DeleteBucketOwnershipControls", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketOwnershipControls")],
    answer(_input, bucket) {
      s3.buckets.put(bucket.name, withoutSetting(bucket, "ownership"));
      return {};
    },
  });
}
