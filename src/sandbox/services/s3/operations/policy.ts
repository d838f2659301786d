import { AwsError } from "../../../../aws/index.ts";
import { type Call, type Need } from "../../../service.ts";
import { checkBucketPolicy } from "../access/check-bucket-policy.ts";
import { isPublicPolicy } from "../access/public-policy.ts";
import { type Bucket, bucketArn, withoutSetting } from "../bucket.ts";
import { accessDenied, methodNotAllowed } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getBucketPolicy(s3: S3): S3Operation<"GetBucketPolicy"> {
  return onBucket(s3, "GetBucketPolicy", {
    needs: (_input, bucket, call) => policyNeeds(bucket, call, "s3:GetBucketPolicy"),
    answer: (_input, bucket) => ({ Policy: policyOf(bucket) }),
  });
}

export function getBucketPolicyStatus(s3: S3): S3Operation<"GetBucketPolicyStatus"> {
  return onBucket(s3, "GetBucketPolicyStatus", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketPolicyStatus")],
    answer: (_input, bucket) => ({ PolicyStatus: { IsPublic: isPublicPolicy(policyOf(bucket)) } }),
  });
}

export function putBucketPolicy(s3: S3): S3Operation<"PutBucketPolicy"> {
  return onBucket(s3, "PutBucketPolicy", {
    needs: (_input, bucket, call) => policyNeeds(bucket, call, "s3:PutBucketPolicy"),
    answer(input, bucket, call) {
      const policy = input.Policy ?? "";
      checkBucketPolicy(policy, bucket.name, (arn) => s3.outlets.knowsPrincipal(arn));
      if (bucket.publicAccessBlock?.BlockPublicPolicy === true && isPublicPolicy(policy)) {
        throw accessDenied(
          `User: ${call.caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket.name)}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
        );
      }
      s3.buckets.put(bucket.name, { ...bucket, policy });
      return {};
    },
  });
}

export function deleteBucketPolicy(s3: S3): S3Operation<"DeleteBucketPolicy"> {
  return onBucket(s3, "DeleteBucketPolicy", {
    needs: (_input, bucket, call) => policyNeeds(bucket, call, "s3:DeleteBucketPolicy"),
    answer(_input, bucket) {
      s3.buckets.put(bucket.name, withoutSetting(bucket, "policy"));
      return {};
    },
  });
}

/** Only the owner's account may deal with a bucket's policy. API Reference, PutBucketPolicy. */
function policyNeeds(bucket: Bucket, { caller }: Call, action: string): readonly Need[] {
  if (caller.kind !== "service" && caller.kind !== "anonymous" && caller.accountId !== bucket.ownerId) {
    throw methodNotAllowed();
  }
  return [bucketNeed(bucket, action)];
}

function policyOf({ name, policy }: Bucket): string {
  if (policy !== undefined) return policy;
  throw new AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404, { BucketName: name });
}
