import { AwsError } from "../../../../aws/index.ts";
import { type Bucket, type ObjectLock } from "../bucket.ts";
import { accessDenied, invalidRequest, malformedXml, notImplemented } from "../errors.ts";
import { needsBypass, readRetention } from "../lock/object-lock.ts";
import { bucketNeed, objectNeed } from "../need.ts";
import { findObject, lookUp, readNeeds } from "../objects/find-object.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getObjectLockConfiguration(s3: S3): S3Operation<"GetObjectLockConfiguration"> {
  return onBucket(s3, "GetObjectLockConfiguration", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketObjectLockConfiguration")],
    answer(_input, { name, objectLock }) {
      if (objectLock === undefined) {
        throw new AwsError(
          "ObjectLockConfigurationNotFoundError",
          "Object Lock configuration does not exist for this bucket",
          404,
          { BucketName: name },
        );
      }
      const retention = objectLock.defaultRetention;
      return {
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          ...(retention === undefined
            ? {}
            : {
                Rule: {
                  DefaultRetention: {
                    Mode: retention.mode,
                    ...(retention.days === undefined ? {} : { Days: retention.days }),
                    ...(retention.years === undefined ? {} : { Years: retention.years }),
                  },
                },
              }),
        },
      };
    },
  });
}

export function putObjectLockConfiguration(s3: S3): S3Operation<"PutObjectLockConfiguration"> {
  return onBucket(s3, "PutObjectLockConfiguration", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketObjectLockConfiguration")],
    answer(input, bucket) {
      const given = input.ObjectLockConfiguration;
      if (given?.ObjectLockEnabled !== "Enabled") throw malformedXml();
      if (Object.keys(given).some((name) => name !== "ObjectLockEnabled" && name !== "Rule")) {
        throw notImplemented("this part of an Object Lock configuration");
      }
      // Since November 2023 for buckets that have versioning (S3 User Guide, 'Configuring S3 Object Lock').
      if (bucket.versioning !== "Enabled") {
        throw new AwsError(
          "InvalidBucketState",
          "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
          409,
        );
      }
      const { DefaultRetention: retention } = given.Rule ?? {};
      const objectLock: ObjectLock =
        retention === undefined
          ? {}
          : { defaultRetention: readDefault(retention.Mode, retention.Days, retention.Years) };
      s3.buckets.put(bucket.name, { ...bucket, objectLock });
      return {};
    },
  });
}

function readDefault(
  mode: string | undefined,
  days: number | undefined,
  years: number | undefined,
): NonNullable<ObjectLock["defaultRetention"]> {
  if (mode !== "GOVERNANCE" && mode !== "COMPLIANCE") throw malformedXml();
  if ((days === undefined) === (years === undefined)) throw malformedXml();
  const length = days ?? years ?? 0;
  if (!Number.isInteger(length) || length <= 0) {
    throw new AwsError("InvalidArgument", "Default retention period must be a positive integer value.");
  }
  if (length > (days === undefined ? 100 : 36_500)) {
    throw new AwsError("InvalidArgument", "Default retention period too large.");
  }
  return { mode, ...(days === undefined ? {} : { days }), ...(years === undefined ? {} : { years }) };
}

export function getObjectRetention(s3: S3): S3Operation<"GetObjectRetention"> {
  return onBucket(s3, "GetObjectRetention", {
    needs: (input, bucket) =>
      readNeeds(s3, bucket, input, { latest: "s3:GetObjectRetention", version: "s3:GetObjectRetention" }),
    answer(input, bucket) {
      checkHasLock(bucket);
      const { retention } = findObject(s3, bucket, input);
      if (retention === undefined) throw noLock();
      return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.until) } };
    },
  });
}

export function putObjectRetention(s3: S3): S3Operation<"PutObjectRetention"> {
  return onBucket(s3, "PutObjectRetention", {
    needs(input, bucket, call) {
      const found = lookUp(s3, bucket, input);
      const context = {
        "s3:VersionId": input.VersionId,
        "s3:object-lock-mode": input.Retention?.Mode,
        "s3:object-lock-retain-until-date": input.Retention?.RetainUntilDate?.toISOString(),
      };
      const actions =
        input.BypassGovernanceRetention === true && needsBypass(found, call.at)
          ? ["s3:PutObjectRetention", "s3:BypassGovernanceRetention"]
          : ["s3:PutObjectRetention"];
      return actions.map((action) => objectNeed(bucket, input.Key ?? "", action, context, found));
    },
    answer(input, bucket, call) {
      checkHasLock(bucket);
      const object = findObject(s3, bucket, input);
      const { Mode: mode, RetainUntilDate: until } = input.Retention ?? {};
      if ((mode === undefined) !== (until === undefined)) throw malformedXml();
      const wanted = mode === undefined || until === undefined ? undefined : readRetention(mode, until, call.at);
      const { retention: before, ...rest } = object;
      const holds = before !== undefined && before.until > call.at;
      const isExtension = wanted !== undefined && wanted.mode === before?.mode && wanted.until >= before.until;
      const mayLoosen = before?.mode === "GOVERNANCE" && input.BypassGovernanceRetention === true;
      if (holds && !isExtension && !mayLoosen) {
        throw accessDenied("Access Denied because object protected by object lock.");
      }
      s3.objects.change(wanted === undefined ? rest : { ...rest, retention: wanted });
      return {};
    },
  });
}

export function getObjectLegalHold(s3: S3): S3Operation<"GetObjectLegalHold"> {
  return onBucket(s3, "GetObjectLegalHold", {
    needs: (input, bucket) =>
      readNeeds(s3, bucket, input, { latest: "s3:GetObjectLegalHold", version: "s3:GetObjectLegalHold" }),
    answer(input, bucket) {
      checkHasLock(bucket);
      const { hasLegalHold } = findObject(s3, bucket, input);
      if (hasLegalHold === undefined) throw noLock();
      return { LegalHold: { Status: hasLegalHold ? "ON" : "OFF" } };
    },
  });
}

export function putObjectLegalHold(s3: S3): S3Operation<"PutObjectLegalHold"> {
  return onBucket(s3, "PutObjectLegalHold", {
    needs: (input, bucket) => [
      objectNeed(
        bucket,
        input.Key ?? "",
        "s3:PutObjectLegalHold",
        { "s3:VersionId": input.VersionId, "s3:object-lock-legal-hold": input.LegalHold?.Status },
        lookUp(s3, bucket, input),
      ),
    ],
    answer(input, bucket) {
      checkHasLock(bucket);
      const status = input.LegalHold?.Status;
      if (status !== "ON" && status !== "OFF") throw malformedXml();
      s3.objects.change({ ...findObject(s3, bucket, input), hasLegalHold: status === "ON" });
      return {};
    },
  });
}

function checkHasLock({ objectLock }: Bucket): void {
  if (objectLock === undefined) throw invalidRequest("Bucket is missing Object Lock Configuration");
}

function noLock(): AwsError {
  return new AwsError(
    "NoSuchObjectLockConfiguration",
    "The specified object does not have a ObjectLock configuration",
    404,
  );
}
