import { askBucket, bucketCalls, ownedBucket, sendToBucket } from "./bucket-place.ts";
import { nameOf, type Place } from "./place.ts";
import { settingRequest, type SettingRequest } from "./setting-request.ts";
import { type Change, defineSetting } from "./setting.ts";

/** The four ways to make a bucket public, and which of them are blocked. */
export const bucketPublicAccessSetting = defineSetting<"bucket-public-access">({
  name: "bucket-public-access",
  title: (place) => `the block on public access of the bucket ${nameOf(place)}`,
  calls: bucketCalls({ get: ["GetBucketPublicAccessBlock"], put: ["PutBucketPublicAccessBlock"] }),
  async get(place, aws) {
    const absentCode = "NoSuchPublicAccessBlockConfiguration";
    const answer = await askBucket({ place, aws, absentCode }, (s3, bucket) => s3.call("GetPublicAccessBlock", bucket));
    const block = answer?.PublicAccessBlockConfiguration;
    return (
      block && {
        blockPublicAcls: block.BlockPublicAcls ?? false,
        ignorePublicAcls: block.IgnorePublicAcls ?? false,
        blockPublicPolicy: block.BlockPublicPolicy ?? false,
        restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
      }
    );
  },
  put: (place, change, aws) => sendToBucket([publicAccessRequest(place, change)], aws, change),
  commands: (place, change) => [publicAccessRequest(place, change).command()],
});

function publicAccessRequest(place: Place, { after }: Change<"bucket-public-access">): SettingRequest {
  const owned = ownedBucket(place);
  if (after === undefined) return settingRequest(place, "s3", "DeletePublicAccessBlock", owned);
  return settingRequest(place, "s3", "PutPublicAccessBlock", {
    ...owned,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: after.blockPublicAcls,
      IgnorePublicAcls: after.ignorePublicAcls,
      BlockPublicPolicy: after.blockPublicPolicy,
      RestrictPublicBuckets: after.restrictPublicBuckets,
    },
  });
}

/** Who owns objects that another account wrote, and whether access control lists count. */
export const bucketOwnershipSetting = defineSetting<"bucket-ownership">({
  name: "bucket-ownership",
  title: (place) => `the ownership of objects in the bucket ${nameOf(place)}`,
  calls: bucketCalls({ get: ["GetBucketOwnershipControls"], put: ["PutBucketOwnershipControls"] }),
  async get(place, aws) {
    const absentCode = "OwnershipControlsNotFoundError";
    const answer = await askBucket({ place, aws, absentCode }, (s3, bucket) =>
      s3.call("GetBucketOwnershipControls", bucket),
    );
    return answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
  },
  put: (place, change, aws) => sendToBucket([ownershipRequest(place, change)], aws, change),
  commands: (place, change) => [ownershipRequest(place, change).command()],
});

function ownershipRequest(place: Place, { after }: Change<"bucket-ownership">): SettingRequest {
  const owned = ownedBucket(place);
  if (after === undefined) return settingRequest(place, "s3", "DeleteBucketOwnershipControls", owned);
  const Rules = [{ ObjectOwnership: after as "BucketOwnerEnforced" }];
  return settingRequest(place, "s3", "PutBucketOwnershipControls", { ...owned, OwnershipControls: { Rules } });
}
