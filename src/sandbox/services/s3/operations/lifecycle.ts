import { AwsError, type OutputOf } from "../../../../aws/index.ts";
import { type LifecycleRule, withoutSetting } from "../bucket.ts";
import { malformedXml } from "../errors.ts";
import { checkRules } from "../lifecycle/check-rules.ts";
import { withInstants } from "../lifecycle/instants.ts";
import { bucketNeed } from "../need.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getBucketLifecycle(s3: S3): S3Operation<"GetBucketLifecycleConfiguration"> {
  return onBucket(s3, "GetBucketLifecycleConfiguration", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetLifecycleConfiguration")],
    answer(_input, { name, lifecycle }) {
      if (lifecycle === undefined) {
        throw new AwsError("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", 404, {
          BucketName: name,
        });
      }
      return {
        Rules: lifecycle.rules.map(printRule),
        TransitionDefaultMinimumObjectSize: lifecycle.minimumSize,
      };
    },
  });
}

export function putBucketLifecycle(s3: S3): S3Operation<"PutBucketLifecycleConfiguration"> {
  return onBucket(s3, "PutBucketLifecycleConfiguration", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutLifecycleConfiguration")],
    answer(input, bucket) {
      if (input.LifecycleConfiguration?.Rules === undefined) throw malformedXml();
      const given = input.LifecycleConfiguration.Rules.map((rule) => withInstants(rule));
      checkRules(given);
      // S3 gives a name to rules that have none.
      const rules = given.map((rule) => ({ ...rule, ID: rule.ID ?? nameRule(s3) }));
      const minimumSize = input.TransitionDefaultMinimumObjectSize ?? "all_storage_classes_128K";
      s3.buckets.put(bucket.name, { ...bucket, lifecycle: { rules, minimumSize } });
      return { TransitionDefaultMinimumObjectSize: minimumSize };
    },
  });
}

export function deleteBucketLifecycle(s3: S3): S3Operation<"DeleteBucketLifecycle"> {
  return onBucket(s3, "DeleteBucketLifecycle", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutLifecycleConfiguration")],
    answer(_input, bucket) {
      s3.buckets.put(bucket.name, withoutSetting(bucket, "lifecycle"));
      return {};
    },
  });
}

function nameRule(s3: S3): string {
  return Buffer.from(s3.world.random.hex(72), "hex").toString("base64");
}

type PrintedRule = NonNullable<OutputOf<"s3", "GetBucketLifecycleConfiguration">["Rules"]>[number];

/** With dates again where it has milliseconds. */
function printRule(rule: LifecycleRule): PrintedRule {
  const { Expiration: expiration, Transitions: transitions, ...rest } = rule;
  return {
    ...(rest as PrintedRule),
    ...(expiration === undefined ? {} : { Expiration: withDate(expiration) }),
    ...(transitions === undefined ? {} : { Transitions: transitions.map((transition) => withDate(transition)) }),
  };
}

function withDate<Shape extends { readonly Date?: number | undefined }>(
  shape: Shape,
): Omit<Shape, "Date"> & { readonly Date?: Date } {
  const { Date: at, ...rest } = shape;
  return { ...rest, ...(at === undefined ? {} : { Date: new Date(at) }) };
}
