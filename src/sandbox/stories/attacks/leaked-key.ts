import { elsewhere, bucketIn } from "../places.ts";
import { administratorAccess, allow, ensureBucket, ensureUser, fillBucket, removeUser, renewKey } from "../set-up.ts";
import { defineStory, matter } from "../story.ts";

const backups = ["2026-11-17.csv", "2026-11-18.csv", "2026-11-19.csv"].map((name) => `customers/${name}`);

/** A key of a machine turns up somewhere else, looks round, and finds a way up. */
export const leakedKey = defineStory({
  name: "leaked-key",
  title: "A leaked access key explores and escalates",
  summary:
    "The key of the machine user legacy-backup, used from 198.51.100.7 until now, turns up at 192.0.2.66: it asks who it is, is refused almost everything, finds that it may make keys for others, takes over legacy-deploy and makes itself administrator",
  actors: [
    { name: "legacy-backup", does: "reads backups every night from its own address" },
    { name: "thief", does: "found the key in a public repository" },
  ],
  matters: {
    whoAmI: matter("sts", "GetCallerIdentity", "T1087.004", "The key is tried from an address it never came from"),
    users: matter("iam", "ListUsers", "T1087.004", "The thief looks for other users"),
    everything: matter(
      "iam",
      "GetAccountAuthorizationDetails",
      "T1087.004",
      "The thief asks for all of IAM and is refused",
    ),
    instances: matter("ec2", "DescribeInstances", "T1580", "The thief looks for machines and is refused"),
    trails: matter("cloudtrail", "DescribeTrails", "T1654", "The thief asks who is watching and is refused"),
    download: matter("s3", "GetObject", "T1530", "Customers' backups are fetched by the thief"),
    newKey: matter("iam", "CreateAccessKey", "T1098.001", "legacy-backup makes a key for another user, who may more"),
    admin: matter("iam", "AttachUserPolicy", "T1098.003", "The stolen user becomes administrator"),
    secondLook: matter("iam", "ListRoles", "T1087.004", "The same question that was refused before is answered now"),
  },
  async setUp(stage) {
    const by = stage.administrator("shop");
    const bucket = bucketIn(stage, "shop", "backups");
    await ensureBucket(by, bucket);
    await fillBucket(by, bucket, backups);
    await removeUser(by, "legacy-backup");
    await removeUser(by, "legacy-deploy");
    await ensureUser(by, {
      name: "legacy-backup",
      statements: [
        allow(["s3:ListBucket", "s3:GetObject"], [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]),
        // Meant for rotating its own key, written too widely.
        allow(["iam:ListUsers", "iam:ListAccessKeys", "iam:CreateAccessKey"]),
      ],
    });
    await ensureUser(by, { name: "legacy-deploy", statements: [allow("iam:*")] });
  },
  async play(stage, matters) {
    const { random, accounts, company } = stage;
    const bucket = bucketIn(stage, "shop", "backups");
    const credentials = await renewKey(stage.administrator("shop"), "legacy-backup");
    const base = { accountId: accounts.shop, region: company.homeRegion, credentials };
    const machine = stage.actor({ ...base, name: "legacy-backup", tool: "boto", sourceIp: "198.51.100.7" });
    await machine.call("s3", "ListObjectsV2", { Bucket: bucket });
    await machine.call("s3", "GetObject", { Bucket: bucket, Key: random.pick(backups) });
    // Not long, for people who look on.
    await stage.pause(1 + 2 * random.fraction());

    const thief = stage.actor({ ...base, name: "thief", tool: "cli-on-linux", sourceIp: elsewhere.exitNode });
    stage.mark(matters.whoAmI);
    await thief.call("sts", "GetCallerIdentity", {});
    await stage.pause(1);
    await thief.attempt("s3", "ListBuckets", {});
    stage.mark(matters.everything);
    await thief.attempt("iam", "GetAccountAuthorizationDetails", {});
    await thief.attempt("iam", "ListRoles", {});
    await thief.attempt("iam", "ListAttachedUserPolicies", { UserName: "legacy-backup" });
    for (const region of [company.homeRegion, "us-east-1"]) {
      stage.mark(matters.instances);
      await thief.in(region).attempt("ec2", "DescribeInstances", {});
      await thief.in(region).attempt("ec2", "DescribeVpcs", {});
      await thief.in(region).attempt("kms", "ListKeys", {});
    }
    stage.mark(matters.trails);
    await thief.attempt("cloudtrail", "DescribeTrails", {});
    await thief.attempt("organizations", "DescribeOrganization", {});
    await thief.attempt("guardduty", "ListDetectors", {});
    await thief.attempt("sns", "ListTopics", {});
    await stage.pause(2 + random.int(4));

    stage.mark(matters.users);
    await thief.call("iam", "ListUsers", {});
    await thief.call("s3", "ListObjectsV2", { Bucket: bucket });
    for (const Key of backups) {
      stage.mark(matters.download);
      await thief.call("s3", "GetObject", { Bucket: bucket, Key });
    }
    await stage.pause(5 + random.int(10));

    await thief.call("iam", "ListAccessKeys", { UserName: "legacy-deploy" });
    stage.mark(matters.newKey);
    const { AccessKey: key } = await thief.call("iam", "CreateAccessKey", { UserName: "legacy-deploy" });
    const stolen = { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
    const second = thief.as({ name: "thief as legacy-deploy", credentials: stolen });
    await second.call("sts", "GetCallerIdentity", {});
    stage.mark(matters.admin);
    await second.call("iam", "AttachUserPolicy", { UserName: "legacy-backup", PolicyArn: administratorAccess });
    await stage.pause(1);
    stage.mark(matters.secondLook);
    await thief.call("iam", "ListRoles", {});
  },
});
