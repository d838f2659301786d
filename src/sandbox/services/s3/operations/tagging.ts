import { AwsError } from "../../../../aws/index.ts";
import { withoutSetting } from "../bucket.ts";
import { malformedXml } from "../errors.ts";
import { bucketNeed, objectNeed, requestTags } from "../need.ts";
import { announce } from "../notices/announce.ts";
import { findObject, lookUp, readNeeds } from "../objects/find-object.ts";
import { printVersionId } from "../objects/store-object.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { readTags } from "../tags.ts";

const bucketTagsMax = 50;
const objectTagsMax = 10;

export function getBucketTagging(s3: S3): S3Operation<"GetBucketTagging"> {
  return onBucket(s3, "GetBucketTagging", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketTagging")],
    answer(_input, bucket) {
      if (bucket.tags === undefined) {
        throw new AwsError("NoSuchTagSet", "The TagSet does not exist", 404, { BucketName: bucket.name });
      }
      return { TagSet: [...bucket.tags] };
    },
  });
}

export function putBucketTagging(s3: S3): S3Operation<"PutBucketTagging"> {
  return onBucket(s3, "PutBucketTagging", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketTagging")],
    answer(input, bucket) {
      if (input.Tagging?.TagSet === undefined) throw malformedXml();
      s3.buckets.put(bucket.name, { ...bucket, tags: readTags(input.Tagging.TagSet, bucketTagsMax) });
      return {};
    },
  });
}

export function deleteBucketTagging(s3: S3): S3Operation<"DeleteBucketTagging"> {
  return onBucket(s3, "DeleteBucketTagging", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketTagging")],
    answer(_input, bucket) {
      s3.buckets.put(bucket.name, withoutSetting(bucket, "tags"));
      return {};
    },
  });
}

export function getObjectTagging(s3: S3): S3Operation<"GetObjectTagging"> {
  return onBucket(s3, "GetObjectTagging", {
    needs: (input, bucket) =>
      readNeeds(s3, bucket, input, { latest: "s3:GetObjectTagging", version: "s3:GetObjectVersionTagging" }),
    answer(input, bucket) {
      const object = findObject(s3, bucket, input);
      return { TagSet: [...object.tags], ...printVersionId(bucket, object.versionId) };
    },
  });
}

export function putObjectTagging(s3: S3): S3Operation<"PutObjectTagging"> {
  return onBucket(s3, "PutObjectTagging", {
    needs: (input, bucket) => [
      objectNeed(
        bucket,
        input.Key ?? "",
        input.VersionId === undefined ? "s3:PutObjectTagging" : "s3:PutObjectVersionTagging",
        { "s3:VersionId": input.VersionId, ...requestTags(readTags(input.Tagging?.TagSet ?? [], objectTagsMax)) },
        lookUp(s3, bucket, input),
      ),
    ],
    async answer(input, bucket, call) {
      if (input.Tagging?.TagSet === undefined) throw malformedXml();
      const object = findObject(s3, bucket, input);
      s3.objects.change({ ...object, tags: readTags(input.Tagging.TagSet, objectTagsMax) });
      await announce(s3, call, bucket, "ObjectTagging:Put", object);
      return printVersionId(bucket, object.versionId);
    },
  });
}

export function deleteObjectTagging(s3: S3): S3Operation<"DeleteObjectTagging"> {
  return onBucket(s3, "DeleteObjectTagging", {
    needs: (input, bucket) => [
      objectNeed(
        bucket,
        input.Key ?? "",
        input.VersionId === undefined ? "s3:DeleteObjectTagging" : "s3:DeleteObjectVersionTagging",
        { "s3:VersionId": input.VersionId },
        lookUp(s3, bucket, input),
      ),
    ],
    async answer(input, bucket, call) {
      const object = findObject(s3, bucket, input);
      s3.objects.change({ ...object, tags: [] });
      await announce(s3, call, bucket, "ObjectTagging:Delete", object);
      return printVersionId(bucket, object.versionId);
    },
  });
}
