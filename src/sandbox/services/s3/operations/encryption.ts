import { type EncryptionSetting } from "../bucket.ts";
import { invalidArgument, malformedXml, notImplemented } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getBucketEncryption(s3: S3): S3Operation<"GetBucketEncryption"> {
  return onBucket(s3, "GetBucketEncryption", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetEncryptionConfiguration")],
    answer(_input, { encryption }) {
      const { algorithm, keyId, hasBucketKey, blocked } = encryption;
      return {
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: {
                SSEAlgorithm: algorithm,
                ...(keyId === undefined ? {} : { KMSMasterKeyID: keyId }),
              },
              BucketKeyEnabled: hasBucketKey,
              ...(blocked === undefined
                ? {}
                : { BlockedEncryptionTypes: { EncryptionType: [...blocked] as "SSE-C"[] } }),
            },
          ],
        },
      };
    },
  });
}

export function putBucketEncryption(s3: S3): S3Operation<"PutBucketEncryption"> {
  return onBucket(s3, "PutBucketEncryption", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutEncryptionConfiguration")],
    answer(input, bucket) {
      const [rule, ...more] = input.ServerSideEncryptionConfiguration?.Rules ?? [];
      if (rule === undefined || more.length > 0) throw malformedXml();
      const { SSEAlgorithm: algorithm = "AES256", KMSMasterKeyID: keyId } =
        rule.ApplyServerSideEncryptionByDefault ?? {};
      if (algorithm === "aws:kms:dsse" || algorithm === "aws:fsx") throw notImplemented(algorithm);
      if (algorithm !== "AES256" && algorithm !== "aws:kms") throw malformedXml();
      if (algorithm === "AES256" && keyId !== undefined) {
        throw invalidArgument(
          "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
          "ApplyServerSideEncryptionByDefault",
          algorithm,
        );
      }
      const blocked = rule.BlockedEncryptionTypes?.EncryptionType;
      // Keys of customers are refused for every bucket here, so that none may let them in.
      if (blocked?.includes("NONE") === true) throw notImplemented("unblocking SSE-C");
      const encryption: EncryptionSetting = {
        algorithm,
        hasBucketKey: rule.BucketKeyEnabled ?? false,
        ...(keyId === undefined ? {} : { keyId }),
        ...(blocked === undefined ? {} : { blocked }),
      };
      s3.buckets.put(bucket.name, { ...bucket, encryption });
      return {};
    },
  });
}

/** Every object is encrypted since January 2023: without a setting, by S3's own keys. API Reference, DeleteBucketEncryption. */
export function deleteBucketEncryption(s3: S3): S3Operation<"DeleteBucketEncryption"> {
  return onBucket(s3, "DeleteBucketEncryption", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutEncryptionConfiguration")],
    answer(_input, bucket) {
      s3.buckets.put(bucket.name, {
        ...bucket,
        encryption: { algorithm: "AES256", hasBucketKey: false, blocked: ["SSE-C"] },
      });
      return {};
    },
  });
}
