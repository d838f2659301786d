import { malformedXml } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getBucketRequestPayment(s3: S3): S3Operation<"GetBucketRequestPayment"> {
  return onBucket(s3, "GetBucketRequestPayment", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketRequestPayment")],
    answer: (_input, { payer }) => ({ Payer: payer }),
  });
}

export function putBucketRequestPayment(s3: S3): S3Operation<"PutBucketRequestPayment"> {
  return onBucket(s3, "PutBucketRequestPayment", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketRequestPayment")],
    answer(input, bucket) {
      const payer = input.RequestPaymentConfiguration?.Payer;
      if (payer !== "BucketOwner" && payer !== "Requester") throw malformedXml();
      s3.buckets.put(bucket.name, { ...bucket, payer });
      return {};
    },
  });
}
