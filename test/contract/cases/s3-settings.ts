import { defineCases, outcome } from "../contract-case.ts";
import { bucketOf, policy } from "./trail-setting.ts";

const api = (operation: string) => `S3 API Reference, ${operation}`;

/** What a bucket is told to do: encrypt, tidy up, tell. */
export const s3SettingsCases = defineCases([
  {
    name: "a bucket's encryption with a key comes back, and objects say so",
    source: api("PutBucketEncryption"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const { KeyMetadata } = await aws.call("kms", "CreateKey", {});
      const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: KeyMetadata?.Arn };
      await aws.call("s3", "PutBucketEncryption", {
        Bucket,
        ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }] },
      });
      const { ServerSideEncryptionConfiguration } = await aws.call("s3", "GetBucketEncryption", { Bucket });
      const rule = ServerSideEncryptionConfiguration?.Rules?.[0];
      await aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "a" });
      const object = await aws.call("s3", "HeadObject", { Bucket, Key: "a" });
      return {
        algorithm: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
        key: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID === KeyMetadata?.Arn,
        bucketKey: rule?.BucketKeyEnabled,
        object: [object.ServerSideEncryption, object.SSEKMSKeyId === KeyMetadata?.Arn],
      };
    },
    expected: { algorithm: "aws:kms", key: true, bucketKey: true, object: ["aws:kms", true] },
  },
  {
    name: "lifecycle rules come back as they were put",
    source: api("PutBucketLifecycleConfiguration"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      await aws.call("s3", "PutBucketLifecycleConfiguration", {
        Bucket,
        LifecycleConfiguration: {
          Rules: [
            {
              ID: "old",
              Status: "Enabled",
              Filter: { Prefix: "AWSLogs/" },
              Expiration: { Days: 400 },
              Transitions: [{ Days: 90, StorageClass: "GLACIER" }],
            },
          ],
        },
      });
      const { Rules } = await aws.call("s3", "GetBucketLifecycleConfiguration", { Bucket });
      await aws.call("s3", "DeleteBucketLifecycle", { Bucket });
      return [Rules, await outcome(aws.call("s3", "GetBucketLifecycleConfiguration", { Bucket }))];
    },
    expected: [
      [
        {
          ID: "old",
          Status: "Enabled",
          Filter: { Prefix: "AWSLogs/" },
          Expiration: { Days: 400 },
          Transitions: [{ Days: 90, StorageClass: "GLACIER" }],
        },
      ],
      "NoSuchLifecycleConfiguration 404",
    ],
  },
  {
    name: "a lifecycle rule whose days are below one is refused",
    source: api("PutBucketLifecycleConfiguration, LifecycleExpiration"),
    run: async (aws) =>
      await outcome(
        aws.call("s3", "PutBucketLifecycleConfiguration", {
          Bucket: await bucketOf(aws),
          LifecycleConfiguration: {
            Rules: [{ ID: "old", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 0 } }],
          },
        }),
      ),
    expected: "InvalidArgument 400",
  },
  {
    name: "a bucket's tags come back, a doubled key is refused",
    source: api("PutBucketTagging"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const put = (...Keys: string[]) =>
        aws.call("s3", "PutBucketTagging", { Bucket, Tagging: { TagSet: Keys.map((Key) => ({ Key, Value: "v" })) } });
      await put("a", "b");
      const { TagSet = [] } = await aws.call("s3", "GetBucketTagging", { Bucket });
      const doubled = await outcome(put("a", "a"));
      await aws.call("s3", "DeleteBucketTagging", { Bucket });
      return [
        TagSet.map(({ Key }) => Key).toSorted(),
        doubled,
        await outcome(aws.call("s3", "GetBucketTagging", { Bucket })),
      ];
    },
    expected: [["a", "b"], "InvalidTag 400", "NoSuchTagSet 404"],
  },
  {
    name: "a notice of a new object comes to a queue that lets S3 in",
    source: 'S3 User Guide, "Event message structure"',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const QueueName = aws.name("queue");
      const { QueueUrl = "" } = await aws.call("sqs", "CreateQueue", { QueueName });
      const QueueArn = `arn:aws:sqs:${aws.region}:${aws.accountId}:${QueueName}`;
      const Policy = policy([
        { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:SendMessage", Resource: QueueArn },
      ]);
      await aws.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
      const Filter = { Key: { FilterRules: [{ Name: "prefix" as const, Value: "in/" }] } };
      await aws.call("s3", "PutBucketNotificationConfiguration", {
        Bucket,
        NotificationConfiguration: {
          QueueConfigurations: [{ Id: "new", QueueArn, Events: ["s3:ObjectCreated:*"], Filter }],
        },
      });
      for (const Key of ["out/a", "in/a b+c"]) await aws.call("s3", "PutObject", { Bucket, Key, Body: "12345" });
      const told: unknown[] = [];
      for (let tries = 0; tries < 3; tries += 1) {
        const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", {
          QueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
        });
        for (const { Body = "{}", ReceiptHandle } of Messages) {
          await aws.call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle: ReceiptHandle ?? "" });
          const { Event, Records = [] } = JSON.parse(Body) as {
            Event?: string;
            Records?: {
              eventName: string;
              eventSource: string;
              s3: { configurationId: string; bucket: { name: string }; object: { key: string; size: number } };
            }[];
          };
          if (Event !== undefined) told.push(Event);
          for (const { eventName, eventSource, s3 } of Records) {
            told.push([
              eventSource,
              eventName,
              s3.configurationId,
              s3.bucket.name === Bucket,
              s3.object.key,
              s3.object.size,
            ]);
          }
        }
        if (told.length >= 2) break;
      }
      return told;
    },
    expected: ["s3:TestEvent", ["aws:s3", "ObjectCreated:Put", "new", true, "in/a+b%2Bc", 5]],
  },
  {
    name: "notices are not set up to a queue that does not let S3 in",
    source: 'S3 User Guide, "Granting permissions to publish event notification messages to a destination"',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const QueueName = aws.name("queue");
      await aws.call("sqs", "CreateQueue", { QueueName });
      const QueueArn = `arn:aws:sqs:${aws.region}:${aws.accountId}:${QueueName}`;
      const NotificationConfiguration = {
        QueueConfigurations: [{ QueueArn, Events: ["s3:ObjectCreated:*" as const] }],
      };
      return await outcome(aws.call("s3", "PutBucketNotificationConfiguration", { Bucket, NotificationConfiguration }));
    },
    expected: "InvalidArgument 400",
  },
  {
    name: "another account does not get at a bucket",
    source: `IAM User Guide, "Cross-account policy evaluation logic"; ${api("GetBucketPolicy")}, 405`,
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const { credentials } = aws.other;
      return [
        await outcome(aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "a" }, { credentials })),
        await outcome(aws.call("s3", "ListObjectsV2", { Bucket }, { credentials })),
        await outcome(aws.call("s3", "GetBucketPolicy", { Bucket }, { credentials })),
      ];
    },
    expected: ["AccessDenied 403", "AccessDenied 403", "MethodNotAllowed 405"],
  },
]);
