import { type CloudTrailRecord } from "../../cloudtrail/index.ts";

/** What an event touched, as the event history names it. */
export interface EventResource {
  readonly type: string;
  readonly name: string;
}

/** More than any call names; the rest of a crafted request is not indexed. */
const resourcesMax = 20;
const nameCharactersMax = 2000;

/**
 * Parameters that name a resource, by the service that is asked. AWS lists the types (User Guide, "Resource types
 * supported by CloudTrail Event history") but not where it reads them; these places are ours.
 */
const namingParameters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  iam: {
    userName: "AWS::IAM::User",
    roleName: "AWS::IAM::Role",
    groupName: "AWS::IAM::Group",
    policyArn: "AWS::IAM::Policy",
    policyName: "AWS::IAM::Policy",
    accessKeyId: "AWS::IAM::AccessKey",
    instanceProfileName: "AWS::IAM::InstanceProfile",
    serialNumber: "AWS::IAM::MfaDevice",
  },
  sts: { roleArn: "AWS::IAM::Role" },
  s3: { bucketName: "AWS::S3::Bucket" },
  kms: { keyId: "AWS::KMS::Key", targetKeyId: "AWS::KMS::Key", aliasName: "AWS::KMS::Alias" },
  sns: { topicArn: "AWS::SNS::Topic", subscriptionArn: "AWS::SNS::Subscription" },
  sqs: { queueUrl: "AWS::SQS::Queue", queueName: "AWS::SQS::Queue" },
  cloudtrail: {
    name: "AWS::CloudTrail::Trail",
    trailName: "AWS::CloudTrail::Trail",
    s3BucketName: "AWS::S3::Bucket",
    snsTopicName: "AWS::SNS::Topic",
    kmsKeyId: "AWS::KMS::Key",
    eventDataStore: "AWS::CloudTrail::EventDataStore",
  },
  ec2: {
    instanceId: "AWS::EC2::Instance",
    groupId: "AWS::EC2::SecurityGroup",
    vpcId: "AWS::EC2::VPC",
    subnetId: "AWS::EC2::Subnet",
    imageId: "AWS::EC2::Ami",
    keyName: "AWS::EC2::KeyPair",
    volumeId: "AWS::EC2::Volume",
    snapshotId: "AWS::EC2::Snapshot",
  },
  logs: { logGroupName: "AWS::Logs::LogGroup" },
  events: { name: "AWS::Events::Rule", rule: "AWS::Events::Rule" },
  lambda: { functionName: "AWS::Lambda::Function" },
};

/** The record's own `resources`, then what its parameters and its answer name; each once. */
export function resourcesOf(record: CloudTrailRecord): readonly EventResource[] {
  const found = new Map<string, EventResource>();
  const add = (type: unknown, name: unknown) => {
    if (typeof type !== "string" || typeof name !== "string" || name === "" || found.size >= resourcesMax) return;
    if (type.length > nameCharactersMax || name.length > nameCharactersMax) return;
    found.set(JSON.stringify([type, name]), { type, name });
  };
  for (const { type, ARN, ARNPrefix } of record.resources ?? []) add(type, ARN ?? ARNPrefix);
  const service = record.eventSource?.split(".")[0] ?? "";
  const parameters = Object.hasOwn(namingParameters, service) ? (namingParameters[service] ?? {}) : {};
  const places = [record.requestParameters, record.responseElements, ...inner(record.responseElements)];
  for (const place of places) {
    for (const [parameter, type] of Object.entries(parameters)) {
      if (isObject(place) && Object.hasOwn(place, parameter)) add(type, place[parameter]);
    }
  }
  return [...found.values()];
}

/** Answers wrap what was made once: `{"accessKey": {"accessKeyId": …}}`. */
function inner(answer: unknown): readonly unknown[] {
  return isObject(answer) ? Object.values(answer).slice(0, resourcesMax) : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
