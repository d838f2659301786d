import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { bucketOf, policy } from "./trail-setting.ts";

const api = (operation: string) => `S3 API Reference, ${operation}`;

const nameRefused = (why: string, Bucket: string) => ({
  name: `a bucket's name ${why} is refused`,
  source: 'S3 User Guide, "Bucket naming rules"',
  run: (aws: Aws) =>
    outcome(
      aws.call("s3", "CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } }),
    ),
  expected: "InvalidBucketName 400",
});

const notSet = (
  operation:
    | "GetBucketPolicy"
    | "GetBucketTagging"
    | "GetBucketLifecycleConfiguration"
    | "GetBucketCors"
    | "GetBucketWebsite"
    | "GetBucketReplication"
    | "GetObjectLockConfiguration",
  expected: string,
) => ({
  name: `${operation} of a new bucket says that there is none`,
  source: 'S3 API Reference, "Error responses", List of error codes',
  run: async (aws: Aws) => await outcome(aws.call("s3", operation, { Bucket: await bucketOf(aws) })),
  expected,
});

const missing = (
  operation:
    | "ListObjectsV2"
    | "GetBucketLocation"
    | "GetBucketAcl"
    | "GetBucketPolicy"
    | "GetBucketVersioning"
    | "DeleteBucket",
) => ({
  name: `${operation} of a bucket that is not there is refused`,
  source: 'S3 API Reference, "Error responses", NoSuchBucket',
  run: (aws: Aws) => outcome(aws.call("s3", operation, { Bucket: aws.name("none") })),
  expected: "NoSuchBucket 404",
});

export const s3Cases = defineCases([
  nameRefused("with upper case and signs", "Bad_Name!"),
  nameRefused("of two characters", "ab"),
  nameRefused("with two periods", "contract..bucket"),
  nameRefused("like an address", "192.168.5.4"),
  nameRefused("that begins with xn--", "xn--contract"),
  ...(
    [
      "ListObjectsV2",
      "GetBucketLocation",
      "GetBucketAcl",
      "GetBucketPolicy",
      "GetBucketVersioning",
      "DeleteBucket",
    ] as const
  ).map(missing),
  {
    name: "HeadBucket of a bucket that is not there says so without a body",
    source: api("HeadBucket"),
    run: (aws) => outcome(aws.call("s3", "HeadBucket", { Bucket: aws.name("none") })),
    expected: "NotFound 404",
  },
  {
    name: "a bucket is made once, and again only in us-east-1",
    source: api("CreateBucket, BucketAlreadyOwnedByYou"),
    run: async (aws) => {
      const first = await bucketOf(aws);
      const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" as const };
      const again = await outcome(aws.call("s3", "CreateBucket", { Bucket: first, CreateBucketConfiguration }));
      const as = { region: "us-east-1" };
      const second = aws.name("leader");
      await aws.call("s3", "CreateBucket", { Bucket: second }, as);
      return [again, await outcome(aws.call("s3", "CreateBucket", { Bucket: second }, as))];
    },
    expected: ["BucketAlreadyOwnedByYou 409", "taken"],
  },
  {
    name: "a bucket's name that another account has is taken",
    source: api("CreateBucket, BucketAlreadyExists"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" as const };
      return await outcome(
        aws.call("s3", "CreateBucket", { Bucket, CreateBucketConfiguration }, { credentials: aws.other.credentials }),
      );
    },
    expected: "BucketAlreadyExists 409",
  },
  {
    name: "a bucket is not made elsewhere than it is asked for",
    source: 'S3 API Reference, "Error responses", IllegalLocationConstraintException',
    run: (aws) =>
      outcome(
        aws.call("s3", "CreateBucket", {
          Bucket: aws.name("bucket"),
          CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
        }),
      ),
    expected: "IllegalLocationConstraintException 400",
  },
  {
    name: "a bucket of us-east-1 has no location constraint",
    source: api("GetBucketLocation"),
    run: async (aws) => {
      const Bucket = aws.name("leader");
      await aws.call("s3", "CreateBucket", { Bucket }, { region: "us-east-1" });
      const leader = await aws.call("s3", "GetBucketLocation", { Bucket }, { region: "us-east-1" });
      const other = await aws.call("s3", "GetBucketLocation", { Bucket: await bucketOf(aws) });
      return [leader.LocationConstraint, other.LocationConstraint];
    },
    expected: [null, "eu-central-1"],
  },
  {
    name: "a bucket that holds something is not deleted",
    source: 'S3 API Reference, "Error responses", BucketNotEmpty',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      await aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "a" });
      const full = await outcome(aws.call("s3", "DeleteBucket", { Bucket }));
      await aws.call("s3", "DeleteObject", { Bucket, Key: "a" });
      return [full, await outcome(aws.call("s3", "DeleteBucket", { Bucket }))];
    },
    expected: ["BucketNotEmpty 409", "taken"],
  },
  notSet("GetBucketPolicy", "NoSuchBucketPolicy 404"),
  notSet("GetBucketTagging", "NoSuchTagSet 404"),
  notSet("GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration 404"),
  notSet("GetBucketCors", "NoSuchCORSConfiguration 404"),
  notSet("GetBucketWebsite", "NoSuchWebsiteConfiguration 404"),
  notSet("GetBucketReplication", "ReplicationConfigurationNotFoundError 404"),
  notSet("GetObjectLockConfiguration", "ObjectLockConfigurationNotFoundError 404"),
  {
    name: "a bucket's policy comes back as it was, and goes",
    source: api("PutBucketPolicy, GetBucketPolicy and DeleteBucketPolicy"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const Policy = policy([
        {
          Sid: "a",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "s3:GetBucketAcl",
          Resource: `arn:aws:s3:::${Bucket}`,
        },
      ]);
      await aws.call("s3", "PutBucketPolicy", { Bucket, Policy });
      const { Policy: found } = await aws.call("s3", "GetBucketPolicy", { Bucket });
      await aws.call("s3", "DeleteBucketPolicy", { Bucket });
      return [found === Policy, await outcome(aws.call("s3", "GetBucketPolicy", { Bucket }))];
    },
    expected: [true, "NoSuchBucketPolicy 404"],
  },
  ...(
    [
      ["that is no JSON", () => "{bad"],
      ["without statements", () => '{"Version":"2012-10-17"}'],
      [
        "for another bucket",
        () =>
          policy([{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::elsewhere/*" }]),
      ],
      [
        "without a principal",
        (bucket: string) => policy([{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` }]),
      ],
      [
        "with an effect that there is not",
        (bucket: string) =>
          policy([{ Effect: "Perhaps", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` }]),
      ],
    ] as const
  ).map(([why, make]) => ({
    name: `a bucket's policy ${why} is refused`,
    source: 'S3 API Reference, "Error responses", MalformedPolicy',
    run: async (aws: Aws) => {
      const Bucket = await bucketOf(aws);
      return await outcome(aws.call("s3", "PutBucketPolicy", { Bucket, Policy: make(Bucket) }));
    },
    expected: "MalformedPolicy 400",
  })),
  {
    name: "a new bucket blocks public access, encrypts with S3's keys and has its owner enforced",
    source: 'S3 User Guide, "Default settings for new S3 buckets FAQ"',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const block = await aws
        .call("s3", "GetPublicAccessBlock", { Bucket })
        .catch((error: unknown) => (error as Error).name);
      const encryption = await aws
        .call("s3", "GetBucketEncryption", { Bucket })
        .catch((error: unknown) => (error as Error).name);
      const ownership = await aws
        .call("s3", "GetBucketOwnershipControls", { Bucket })
        .catch((error: unknown) => (error as Error).name);
      return {
        block: typeof block === "string" ? block : block.PublicAccessBlockConfiguration,
        encryption:
          typeof encryption === "string"
            ? encryption
            : encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault,
        ownership: typeof ownership === "string" ? ownership : ownership.OwnershipControls?.Rules,
      };
    },
    expected: {
      block: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      encryption: { SSEAlgorithm: "AES256" },
      ownership: [{ ObjectOwnership: "BucketOwnerEnforced" }],
    },
  },
  {
    name: "a public policy is refused while public policies are blocked",
    source: 'S3 User Guide, "Blocking public access", BlockPublicPolicy',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const Policy = policy([
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` },
      ]);
      const PublicAccessBlockConfiguration = { BlockPublicPolicy: true };
      await aws.call("s3", "PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration });
      const blocked = await outcome(aws.call("s3", "PutBucketPolicy", { Bucket, Policy }));
      await aws.call("s3", "DeletePublicAccessBlock", { Bucket });
      const taken = await outcome(aws.call("s3", "PutBucketPolicy", { Bucket, Policy }));
      const { PolicyStatus } = await aws.call("s3", "GetBucketPolicyStatus", { Bucket });
      return [
        blocked,
        taken,
        PolicyStatus?.IsPublic,
        await outcome(aws.call("s3", "GetPublicAccessBlock", { Bucket })),
      ];
    },
    expected: ["AccessDenied 403", "taken", true, "NoSuchPublicAccessBlockConfiguration 404"],
  },
  {
    name: "a bucket whose owner is enforced takes no access lists but its owner's",
    source: 'S3 User Guide, "Controlling ownership of objects", AccessControlListNotSupported',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const rules = (ObjectOwnership: "BucketOwnerEnforced" | "BucketOwnerPreferred") =>
        aws.call("s3", "PutBucketOwnershipControls", { Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } });
      await rules("BucketOwnerEnforced");
      const refused = await outcome(aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "a", ACL: "public-read" }));
      const owners = await outcome(
        aws.call("s3", "PutObject", { Bucket, Key: "b", Body: "b", ACL: "bucket-owner-full-control" }),
      );
      await aws.call("s3", "DeletePublicAccessBlock", { Bucket });
      await rules("BucketOwnerPreferred");
      return [refused, owners, await outcome(aws.call("s3", "PutBucketAcl", { Bucket, ACL: "public-read" }))];
    },
    expected: ["AccessControlListNotSupported 400", "taken", "taken"],
  },
  {
    name: "a new bucket's access list has its owner alone",
    source: api("GetBucketAcl"),
    run: async (aws) => {
      const { Owner, Grants = [] } = await aws.call("s3", "GetBucketAcl", { Bucket: await bucketOf(aws) });
      return Grants.map(({ Grantee, Permission }) => [Grantee?.Type, Grantee?.ID === Owner?.ID, Permission]);
    },
    expected: [["CanonicalUser", true, "FULL_CONTROL"]],
  },
  {
    name: "versioning is not set at first, and is never unset again",
    source: 'S3 User Guide, "Enabling versioning on buckets"',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const asked = async () => (await aws.call("s3", "GetBucketVersioning", { Bucket })).Status;
      const statuses = [await asked()];
      for (const Status of ["Enabled", "Suspended"] as const) {
        await aws.call("s3", "PutBucketVersioning", { Bucket, VersioningConfiguration: { Status } });
        statuses.push(await asked());
      }
      return statuses;
    },
    expected: [null, "Enabled", "Suspended"],
  },
]);
