import assert from "node:assert/strict";
import { test } from "node:test";

import { loadOperations, type ServiceName } from "../../aws/index.ts";
import { type CloudTrailRecord } from "../../cloudtrail/index.ts";
import { describeCall, describeCalls } from "./describe-call.ts";
import { type EndedCall } from "./ended-call.ts";
import { recordCalls } from "./record-calls.ts";
import { recordOf } from "./record-of.ts";

const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const accountId = "111122223333";

test("the record of a write has the fields of real records, in their order", async () => {
  const call = await ended("iam", "CreateUser", {
    input: { UserName: "mary", Tags: [{ Key: "Team", Value: "audit" }] },
    output: { User: { UserName: "mary", Path: "/", CreateDate: new Date("2026-02-22T16:11:47Z") } },
  });
  const record = recorded(call);
  assert.deepEqual(Object.keys(record), [
    "eventVersion",
    "userIdentity",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "userAgent",
    "requestParameters",
    "responseElements",
    "requestID",
    "eventID",
    "readOnly",
    "eventType",
    "managementEvent",
    "recipientAccountId",
    "eventCategory",
    "tlsDetails",
  ]);
  assert.deepEqual(record.requestParameters, { userName: "mary", tags: [{ key: "Team", value: "audit" }] });
  assert.deepEqual(record.responseElements, {
    user: { userName: "mary", path: "/", createDate: "Feb 22, 2026, 4:11:47\u202fPM" },
  });
  assert.equal(record.awsRegion, "us-east-1");
});

const secretCases: readonly (readonly [ServiceName, string, Partial<EndedCall>])[] = [
  ["iam", "CreateAccessKey", { output: { AccessKey: { AccessKeyId: "AKIAEXAMPLE", SecretAccessKey: secret } } }],
  ["iam", "CreateLoginProfile", { input: { UserName: "mary", Password: secret } }],
  ["iam", "ChangePassword", { input: { OldPassword: secret, NewPassword: secret } }],
  ["iam", "EnableMFADevice", { input: { UserName: "mary", AuthenticationCode1: secret, AuthenticationCode2: secret } }],
  ["iam", "CreateVirtualMFADevice", { output: { VirtualMFADevice: { Base32StringSeed: Buffer.from(secret) } } }],
  ["sts", "AssumeRole", { input: { TokenCode: secret }, output: { Credentials: { SecretAccessKey: secret } } }],
  ["sts", "GetSessionToken", { input: { TokenCode: secret }, output: { Credentials: { SecretAccessKey: secret } } }],
  ["kms", "Encrypt", { input: { KeyId: "1", Plaintext: Buffer.from(secret) } }],
  ["kms", "GenerateDataKey", { output: { Plaintext: Buffer.from(secret), CiphertextBlob: Buffer.from(secret) } }],
  ["ec2", "CreateKeyPair", { output: { KeyName: "mine", KeyMaterial: secret } }],
  ["ec2", "RunInstances", { input: { ImageId: "ami-1", UserData: secret } }],
  ["s3", "PutObject", { input: { Bucket: "b", Key: "k", SSECustomerKey: secret } }],
  ["sns", "Publish", { input: { TopicArn: "arn", Message: secret, Subject: secret } }],
  ["sqs", "SendMessage", { input: { QueueUrl: "url", MessageBody: secret } }],
  ["sqs", "SendMessageBatch", { input: { QueueUrl: "url", Entries: [{ Id: "1", MessageBody: secret }] } }],
  ["events", "PutEvents", { input: { Entries: [{ Source: "mine", Detail: secret }] } }],
  ["logs", "PutLogEvents", { input: { logGroupName: "g", logEvents: [{ timestamp: 1, message: secret }] } }],
  ["organizations", "CreateAccount", { input: { Email: secret, AccountName: secret } }],
];

for (const [service, operation, about] of secretCases) {
  test(`no secret of ${service} ${operation} is in its record`, async () => {
    const text = recordOf(describeCall(await ended(service, operation, about)), accountId, { eventId: "id" });
    assert.ok(!text.includes(secret.slice(0, 12)), text);
    assert.ok(!text.includes(Buffer.from(secret).toString("base64").slice(0, 12)), text);
    assert.ok(!text.includes(Buffer.from(secret).join(",").slice(0, 20)), text);
  });
}

test("a session's token stays in the record of AssumeRole, as in real ones, and the role is a resource", async () => {
  const RoleArn = `arn:aws:iam::${accountId}:role/reader`;
  const call = await ended("sts", "AssumeRole", {
    input: { RoleArn, RoleSessionName: "night" },
    output: { Credentials: { AccessKeyId: "ASIAEXAMPLE", SessionToken: "token" } },
  });
  const record = recorded(call);
  assert.deepEqual(record.responseElements, { credentials: { accessKeyId: "ASIAEXAMPLE", sessionToken: "token" } });
  assert.deepEqual(record.resources, [{ accountId, type: "AWS::IAM::Role", ARN: RoleArn }]);
  assert.equal(record.readOnly, true);
});

test("a denied call has no parameters, but of EC2 and S3, which keep them", async () => {
  const error = { code: "AccessDeniedException", message: "No" };
  const input = { Name: "everything", VpcIds: ["vpc-1"], Bucket: "logs" };
  const trail = recorded(await ended("cloudtrail", "StopLogging", { error, input }));
  assert.deepEqual([trail.errorCode, trail.requestParameters], ["AccessDenied", null]);
  const denied = { code: "UnauthorizedOperation", message: "No" };
  const vpcs = recorded(await ended("ec2", "DescribeVpcs", { error: denied, input }));
  assert.deepEqual(vpcs.requestParameters, { filterSet: {}, vpcSet: { items: [{ vpcId: "vpc-1" }] } });
  assert.equal(vpcs.errorCode, "Client.UnauthorizedOperation");
  const acl = recorded(await ended("s3", "GetBucketAcl", { error: { code: "AccessDenied", message: "No" }, input }));
  assert.deepEqual(acl.requestParameters, { bucketName: "logs", Host: "logs.s3.amazonaws.com", acl: "" });
  assert.equal(acl.userAgent, "[aws-cli/2]");
});

const ec2Cases: readonly (readonly [string, Partial<EndedCall>, object])[] = [
  [
    "CreateSecurityGroup",
    { output: { GroupId: "sg-1" } },
    { responseElements: { requestId: "request", _return: true, groupId: "sg-1" } },
  ],
  [
    "CreateSnapshot",
    { output: { SnapshotId: "snap-1", VolumeSize: 8, Progress: "" } },
    { responseElements: { requestId: "request", snapshotId: "snap-1", volumeSize: "8" } },
  ],
  ["DescribeRegions", { input: { AllRegions: true } }, { requestParameters: { regionSet: {}, allRegions: true } }],
];

for (const [name, about, expected] of ec2Cases) {
  test(`ec2 ${name} has the fields of real records, which do not follow from the SDK's`, async () => {
    const { requestParameters, responseElements } = recorded(await ended("ec2", name, about));
    assert.deepEqual("requestParameters" in expected ? { requestParameters } : { responseElements }, expected);
  });
}

test("an error of IAM has the error's name, although the wire has a shorter code", async () => {
  const call = await ended("iam", "GetUser", {
    error: { code: "NoSuchEntity", message: "No mary" },
    input: { UserName: "mary" },
  });
  assert.equal(recorded(call).errorCode, "NoSuchEntityException");
});

test("a service's call has the service where others have address and agent, and nothing of TLS", async () => {
  const identity = { type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" };
  const record = recorded(await ended("s3", "PutObject", { identity, input: { Bucket: "logs", Key: "k" } }));
  const { sourceIPAddress, userAgent, tlsDetails, eventCategory, managementEvent } = record;
  assert.deepEqual(
    [sourceIPAddress, userAgent, tlsDetails, eventCategory, managementEvent],
    ["cloudtrail.amazonaws.com", "cloudtrail.amazonaws.com", undefined, "Data", false],
  );
});

test("fields over their limits are omitted or cut, and the whole stays within 256 KB", async () => {
  // User Guide, "CloudTrail record contents"
  const input = { PolicyName: "large", PolicyDocument: "x".repeat(101 * 1024) };
  const userAgent = "ä".repeat(2000);
  const error = { code: "MalformedPolicyDocument", message: "y".repeat(2000) };
  const record = recorded(await ended("iam", "CreatePolicy", { input, userAgent, error }));
  assert.deepEqual(record.requestParameters, { omitted: true });
  assert.equal(record.userAgent, "ä".repeat(512));
  assert.equal(record.errorMessage?.length, 1024);
  const large = { text: "z".repeat(90 * 1024) };
  const notes = [
    { requestParameters: large, responseElements: large, additionalEventData: { text: "z".repeat(27 * 1024) } },
  ];
  const resources = Array.from({ length: 1000 }, (_, number) => ({
    ARN: `arn:aws:s3:::bucket-${number}/${"k".repeat(100)}`,
  }));
  const call = await ended("s3", "PutObject", { notes: [...notes, { resources }] });
  const text = recordOf(describeCall(call), accountId, { eventId: "id" });
  assert.ok(Buffer.byteLength(text) <= 256 * 1024);
  assert.deepEqual((JSON.parse(text) as CloudTrailRecord).requestParameters, large);
});

test("keys that a caller chooses stay keys", async () => {
  const EncryptionContext = JSON.parse('{"__proto__":"x","constructor":"y"}') as object;
  const call = await ended("kms", "Decrypt", { input: { KeyId: "1", EncryptionContext } });
  const text = recordOf(describeCall(call), accountId, { eventId: "id" });
  assert.ok(text.includes('"encryptionContext":{"__proto__":"x","constructor":"y"}'));
});

test("a call that two accounts get is one record in each, with one shared id; what a service records besides follows", async () => {
  const notes = [
    {
      recipients: [accountId, "444455556666"],
      alsoRecord: [{ operation: "DeleteObject", input: { Bucket: "b", Key: "k" }, note: {} }],
    },
  ];
  const calls = describeCalls(await ended("s3", "DeleteObjects", { notes, input: { Bucket: "b" } }));
  const lines: { readonly recipientId: string; readonly record: string }[] = [];
  let ids = 0;
  await recordCalls({ append: async (entries) => void lines.push(...entries) }, calls, {
    uuid: () => `id-${(ids += 1)}`,
  });
  const records = lines.map(({ record }) => JSON.parse(record) as CloudTrailRecord);
  assert.deepEqual(
    records.map(({ eventName, eventID, sharedEventID, recipientAccountId }) => [
      eventName,
      eventID,
      sharedEventID,
      recipientAccountId,
    ]),
    [
      ["DeleteObjects", "id-2", "id-1", accountId],
      ["DeleteObjects", "id-3", "id-1", "444455556666"],
      ["DeleteObject", "id-4", undefined, accountId],
    ],
  );
  const Host = "logs.s3.amazonaws.com";
  assert.deepEqual(records[2]?.requestParameters, { bucketName: "b", Host, key: "k" });
  assert.equal(records[2]?.eventCategory, "Data");
});

const readOnlyCases: readonly (readonly [ServiceName, string, boolean])[] = [
  ["sts", "AssumeRole", true],
  ["sts", "GetSessionToken", false],
  ["sts", "GetCallerIdentity", true],
  ["kms", "Decrypt", true],
  ["kms", "GenerateDataKey", true],
  ["kms", "CreateKey", false],
  ["iam", "SimulatePrincipalPolicy", true],
  ["iam", "GetUser", true],
  ["s3", "HeadBucket", true],
  ["cloudtrail", "LookupEvents", true],
];

for (const [service, operation, isReadOnly] of readOnlyCases) {
  test(`${service} ${operation} is ${isReadOnly ? "" : "not "}read-only, as in real records`, async () => {
    assert.equal(recorded(await ended(service, operation, {})).readOnly, isReadOnly);
  });
}

function recorded(call: EndedCall): CloudTrailRecord {
  return JSON.parse(recordOf(describeCall(call), accountId, { eventId: "id" })) as CloudTrailRecord;
}

async function ended(service: ServiceName, name: string, about: Partial<EndedCall>): Promise<EndedCall> {
  const operation = (await loadOperations(service)).operations.get(name);
  assert.ok(operation);
  return {
    operation,
    input: {},
    output: {},
    at: Date.parse("2026-03-01T10:00:00.400Z"),
    accountId,
    region: "eu-west-1",
    identity: { type: "IAMUser", accountId },
    sourceIp: "203.0.113.7",
    userAgent: "aws-cli/2",
    requestId: "request",
    host: "logs.s3.amazonaws.com",
    tlsDetails: { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader: "h" },
    ...about,
  };
}
