import { readDocument } from "./answers.ts";
import { askBucket, bucketCalls, ownedBucket, sendToBucket } from "./bucket-place.ts";
import { nameOf, type Place } from "./place.ts";
import { settingRequest, type SettingRequest } from "./setting-request.ts";
import { type Change, defineSetting } from "./setting.ts";

/** Who may do what with the bucket: CloudTrail's permission to write is here. */
export const bucketPolicySetting = defineSetting<"bucket-policy">({
  name: "bucket-policy",
  title: (place) => `the policy of the bucket ${nameOf(place)}`,
  calls: bucketCalls({ get: ["GetBucketPolicy"], put: ["PutBucketPolicy", "DeleteBucketPolicy"] }),
  async get(place, aws) {
    const answer = await askBucket({ place, aws, absentCode: "NoSuchBucketPolicy" }, (s3, bucket) =>
      s3.call("GetBucketPolicy", bucket),
    );
    return answer?.Policy === undefined
      ? undefined
      : readDocument({ service: "s3", operation: "GetBucketPolicy" }, answer.Policy);
  },
  put: (place, change, aws) => sendToBucket([requestFor(place, change)], aws, change),
  commands: (place, change) => [requestFor(place, change).command()],
});

function requestFor(place: Place, { after }: Change<"bucket-policy">): SettingRequest {
  const owned = ownedBucket(place);
  return after === undefined
    ? settingRequest(place, "s3", "DeleteBucketPolicy", owned)
    : settingRequest(place, "s3", "PutBucketPolicy", { ...owned, Policy: JSON.stringify(after) });
}
