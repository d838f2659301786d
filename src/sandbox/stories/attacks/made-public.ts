import { bucketIn, elsewhere } from "../places.ts";
import {
  administratorAccess,
  ensureBucket,
  ensureUser,
  fillBucket,
  policyOf,
  removeBucket,
  renewKey,
} from "../set-up.ts";
import { defineStory, matter } from "../story.ts";

const pictures = Array.from({ length: 5 }, (_, index) => `catalog/picture-${index + 1}.txt`);

/** Somebody in a hurry opens what should have stayed closed, and the world comes. */
export const madePublic = defineStory({
  name: "made-public",
  title: "A bucket and a snapshot are made public",
  summary:
    "carla@example.com lifts the public access block of a bucket of Example Shop, lets everybody read it by policy and by ACL, and shares a snapshot with all accounts; objects are fetched by nobody in particular from 192.0.2.203",
  actors: [
    { name: "carla@example.com", does: "wants a partner to see pictures" },
    { name: "anybody", does: "finds open buckets" },
  ],
  matters: {
    block: matter(
      "s3",
      "DeleteBucketPublicAccessBlock",
      "T1562.007",
      "The bucket's guard against being public is gone",
    ),
    policy: matter("s3", "PutBucketPolicy", "T1537", "Everybody may read the bucket's objects"),
    acl: matter("s3", "PutBucketAcl", "T1537", "Everybody may list the bucket"),
    snapshot: matter("ec2", "ModifySnapshotAttribute", "T1537", "A snapshot is shared with all accounts"),
    visit: matter("s3", "GetObject", "T1530", "Somebody without an account reads an object"),
  },
  async setUp(stage) {
    const by = stage.administrator("shop");
    const bucket = bucketIn(stage, "shop", "media");
    await removeBucket(by, bucket);
    await ensureBucket(by, bucket);
    await fillBucket(by, bucket, pictures);
    await ensureUser(by, { name: "carla@example.com", policies: [administratorAccess] });
  },
  async play(stage, matters) {
    const { random, accounts, company } = stage;
    const Bucket = bucketIn(stage, "shop", "media");
    const carla = stage.actor({
      name: "carla@example.com",
      accountId: accounts.shop,
      region: company.homeRegion,
      credentials: await renewKey(stage.administrator("shop"), "carla@example.com"),
      tool: "cli-on-mac",
      sourceIp: "203.0.113.21",
    });
    await carla.call("s3", "ListBuckets", {});
    await carla.attempt("s3", "GetBucketPolicy", { Bucket });
    stage.mark(matters.block);
    await carla.call("s3", "DeletePublicAccessBlock", { Bucket });
    await stage.pause(1);
    const everybody = { Sid: "PublicRead", Effect: "Allow", Principal: "*", Action: "s3:GetObject" };
    stage.mark(matters.policy);
    await carla.call("s3", "PutBucketPolicy", {
      Bucket,
      Policy: policyOf({ ...everybody, Resource: `arn:aws:s3:::${Bucket}/*` }),
    });
    // Without this, buckets of today refuse ACLs (S3 User Guide, "Controlling ownership of objects").
    await carla.call("s3", "PutBucketOwnershipControls", {
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
    });
    stage.mark(matters.acl);
    await carla.call("s3", "PutBucketAcl", { Bucket, ACL: "public-read" });
    await stage.pause(5 + random.int(10));

    const AvailabilityZone = `${company.homeRegion}a`;
    const { VolumeId } = await carla.call("ec2", "CreateVolume", { AvailabilityZone, Size: 8, VolumeType: "gp3" });
    const { SnapshotId } = await carla.call("ec2", "CreateSnapshot", { VolumeId, Description: "pictures" });
    await stage.pause(2);
    stage.mark(matters.snapshot);
    await carla.call("ec2", "ModifySnapshotAttribute", {
      SnapshotId,
      Attribute: "createVolumePermission",
      CreateVolumePermission: { Add: [{ Group: "all" }] },
    });
    await carla.call("ec2", "DeleteVolume", { VolumeId });
    await stage.pause(20 + random.int(60));

    const anybody = carla.as({ name: "anybody", credentials: "anonymous", tool: "boto", sourceIp: elsewhere.resale });
    for (const Key of pictures) {
      stage.mark(matters.visit);
      await anybody.call("s3", "GetObject", { Bucket, Key });
      await stage.pause(0.2);
    }
  },
});
