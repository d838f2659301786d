import { sandboxAccount, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { type KnownThings } from "./made-up-input.fixture.ts";

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "*", Resource: "*" }],
});
const identityPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** Makes one of everything, so that calls get beyond "there is no such thing". */
export async function makeThings(open: TestSandbox): Promise<KnownThings> {
  const [s3, sns, sqs, kms] = [
    await open.client("s3"),
    await open.client("sns"),
    await open.client("sqs"),
    await open.client("kms"),
  ];
  const [iam, logs, events, cloudtrail] = [
    await open.client("iam"),
    await open.client("logs"),
    await open.client("events"),
    await open.client("cloudtrail"),
  ];
  const [ec2, organizations] = [await open.client("ec2"), await open.client("organizations")];
  const bucket = "things";
  await s3.call("CreateBucket", {
    Bucket: bucket,
    CreateBucketConfiguration: { LocationConstraint: sandboxRegion },
    ObjectLockEnabledForBucket: true,
  });
  await s3.call("PutObject", { Bucket: bucket, Key: "thing", Body: "a thing" });
  const { UploadId = "" } = await s3.call("CreateMultipartUpload", { Bucket: bucket, Key: "thing" });
  const trust = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  await s3.call("PutBucketPolicy", {
    Bucket: bucket,
    Policy: policyOf("cloudtrail.amazonaws.com", "s3:*", [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]),
  });
  const { TopicArn = "" } = await sns.call("CreateTopic", { Name: "thing" });
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName: "thing" });
  const queueArn = `arn:aws:sqs:${sandboxRegion}:${sandboxAccount}:thing`;
  const { SubscriptionArn = "" } = await sns.call("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: queueArn });
  const { KeyMetadata } = await kms.call("CreateKey", {});
  const KeyId = KeyMetadata?.KeyId ?? "";
  await iam.call("CreateUser", { UserName: "thing" });
  await iam.call("CreateRole", { RoleName: "thing", AssumeRolePolicyDocument: trust });
  await iam.call("CreateGroup", { GroupName: "thing" });
  await iam.call("CreateInstanceProfile", { InstanceProfileName: "thing" });
  const made = await iam.call("CreatePolicy", { PolicyName: "thing", PolicyDocument: identityPolicy });
  await logs.call("CreateLogGroup", { logGroupName: "thing" });
  await logs.call("CreateLogStream", { logGroupName: "thing", logStreamName: "thing" });
  await events.call("PutRule", { Name: "thing", EventPattern: '{"source":["thing"]}' });
  await cloudtrail.call("CreateTrail", { Name: "thing", S3BucketName: bucket });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName: "thing" });
  await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
  const { Roots: [root] = [] } = await organizations.call("ListRoots", {});
  const { Images: [image] = [] } = await ec2.call("DescribeImages", {
    Filters: [{ Name: "architecture", Values: ["x86_64"] }],
  });
  const { Instances: [instance] = [] } = await ec2.call("RunInstances", {
    ImageId: image?.ImageId ?? "",
    InstanceType: "t3.micro",
    MinCount: 1,
    MaxCount: 1,
  });
  const trailArn = `arn:aws:cloudtrail:${sandboxRegion}:${sandboxAccount}:trail/thing`;
  return [
    [/^(Bucket|S3BucketName)$/, bucket],
    [/^UploadId$/, UploadId],
    [/^TopicArn$/, TopicArn],
    [/^QueueUrl$/, QueueUrl],
    [/^SubscriptionArn$/, SubscriptionArn],
    [/^(KeyId|KmsKeyId|TargetKeyId|SourceKeyId|DestinationKeyId)$/, KeyId],
    [/^PolicyArn$/, made.Policy?.Arn ?? ""],
    [/^AccessKeyId$/, AccessKey?.AccessKeyId ?? ""],
    [/^(ResourceId|ResourceIdList)$/, trailArn],
    [/^(ParentId|RootId|TargetId|SourceParentId)$/, root?.Id ?? ""],
    [/^(AccountId|Account)$/, "444455556666"],
    [/^(InstanceId|InstanceIds)$/, instance?.InstanceId ?? ""],
    [/^(VpcId|VpcIds)$/, instance?.VpcId ?? ""],
    [/^(SubnetId|SubnetIds)$/, instance?.SubnetId ?? ""],
    [/^(ImageId|ImageIds)$/, image?.ImageId ?? ""],
    [/^(Policy|PolicyText|policyDocument)$/, policy],
    [/^PolicyDocument$/, identityPolicy],
    [/^AssumeRolePolicyDocument$/, trust],
    [/^(MaxResults|MaxItems|NextToken|Marker)$/, ""],
    [
      /^(Key|Name|Rule|TrailName|UserName|RoleName|GroupName|InstanceProfileName|PolicyName|QueueName|logGroupName|logStreamName)$/,
      "thing",
    ],
  ];
}

function policyOf(service: string, action: string, resource: readonly string[]): string {
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: action, Resource: resource };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
