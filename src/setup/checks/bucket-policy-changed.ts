import type { DriftCheck } from "./check.ts";
import { policyDrift } from "./policy-drift.ts";
import { mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** The bucket's policy keeps CloudTrail out; never changed without a person's yes. */
export const bucketPolicyChanged: DriftCheck = {
  name: "bucket-policy-changed",
  summary: "The bucket's policy was changed so that CloudTrail may not write: the smallest fix is proposed",
  find(context) {
    if (valueNow(context, "bucket") === undefined) return [];
    const name = nameNow(context, "bucket");
    const error = context.now.status?.deliveryError ?? "";
    return policyDrift(
      context,
      {
        check: "bucket-policy-changed",
        setting: "bucket-policy",
        home: "bucket",
        manner: "propose",
        culprit: {
          eventNames: ["PutBucketPolicy", "DeleteBucketPolicy"],
          mentions: mentionsOf(context.now.places.bucket),
        },
        replays: false,
        isRefused: error === "AccessDenied",
      },
      {
        about: `the policy of the bucket ${name}`,
        effect: `CloudTrail may not write all log files into ${name}`,
        loss: `Log files do not come into ${name}${error === "" ? "" : ` (CloudTrail says ${error})`}; CloudTrail tries for 30 days, charges for trying, and then they are lost`,
        what: `Let CloudTrail write into the bucket ${name} again`,
        help: "The policy of a bucket is never changed without your yes: read what is added, then apply it",
      },
    );
  },
};
