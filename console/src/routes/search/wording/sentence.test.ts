import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventRow } from "../../../api.ts";
import { sentenceOf } from "./sentence.ts";

const key = "58e50f31-0997-48fa-97b5-dedb22451789";
const browser = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/145.0";

/** What the page would say; values stand between stars. */
function say(row: Partial<EventRow>, record: object): string {
  const event: EventRow = {
    id: "1",
    account: "111122223333",
    time: "2026-11-20T12:00:00.000Z",
    eventName: "",
    eventSource: "iam.amazonaws.com",
    region: "us-east-1",
    actor: { kind: "iam-user", name: "alice" },
    sourceIp: "203.0.113.7",
    userAgent: "",
    errorCode: "",
    errorMessage: "",
    readOnly: false,
    category: "Management",
    eventType: "AwsApiCall",
    resourceArns: [],
    logFile: "1",
    ...row,
  };
  const pieces = sentenceOf(record, event, "utc").map((piece) =>
    typeof piece === "string" ? piece : `*${piece.value}*`,
  );
  return pieces.join("").replace(" on 20 Nov 2026, 12:00:00 UTC", " at noon");
}

test("a new user comes first, then who made it, from where and how", () => {
  assert.equal(
    say(
      { eventName: "CreateUser", userAgent: browser },
      {
        userIdentity: { sessionContext: { attributes: { mfaAuthenticated: "true" } } },
        requestParameters: { userName: "Mary" },
        sessionCredentialFromConsole: "true",
      },
    ),
    "The IAM user *Mary* was created by *alice* (IAM user, with MFA) from *203.0.113.7* using the AWS console at noon.",
  );
});

test("a refused deed is told as tried", () => {
  assert.equal(
    say({ eventName: "CreateUser", errorCode: "AccessDenied" }, { requestParameters: { userName: "Mary" } }),
    "*alice* (IAM user) tried to create the IAM user *Mary* from *203.0.113.7* at noon, and it failed: *Access denied*.",
  );
  assert.equal(
    say(
      { eventName: "GetObject", eventSource: "s3.amazonaws.com", errorCode: "AccessDenied" },
      { requestParameters: { bucketName: "prod-data", key: "a/b.csv" } },
    ),
    "*alice* (IAM user) tried to read *s3://prod-data/a/b.csv* from *203.0.113.7* at noon, and it failed: *Access denied*.",
  );
});

test("an access key made for oneself names its owner out of the answer", () => {
  assert.equal(
    say(
      { eventName: "CreateAccessKey", userAgent: "aws-cli/2.31.29 md/x" },
      { requestParameters: null, responseElements: { accessKey: { accessKeyId: "AKIAEXAMPLE", userName: "alice" } } },
    ),
    "*alice* (IAM user) created an access key *AKIAEXAMPLE* for the IAM user *alice* from *203.0.113.7* using the AWS CLI 2.31.29 at noon.",
  );
});

test("a service takes a role without an address", () => {
  assert.equal(
    say(
      {
        eventName: "AssumeRole",
        eventSource: "sts.amazonaws.com",
        actor: { kind: "service", name: "ecs-tasks.amazonaws.com" },
        sourceIp: "ecs-tasks.amazonaws.com",
      },
      { requestParameters: { roleArn: "arn:aws:iam::111122223333:role/shop/media", roleSessionName: "media-cron" } },
    ),
    "*ecs-tasks.amazonaws.com* (AWS service) assumed the role *media* of the account *111122223333* in a session named *media-cron* at noon.",
  );
});

test("a caller from another account is known by that account", () => {
  assert.match(
    say(
      {
        eventName: "AssumeRole",
        eventSource: "sts.amazonaws.com",
        actor: { kind: "account", name: "another account" },
      },
      {
        userIdentity: { type: "AWSAccount", accountId: "999999999999" },
        requestParameters: { roleArn: "arn:aws:iam::111122223333:role/ReadOnly" },
      },
    ),
    /^Someone from the AWS account \*999999999999\* assumed the role \*ReadOnly\* of the account \*111122223333\* from/,
  );
});

test("a person behind a shared role is named by the session", () => {
  assert.match(
    say(
      {
        eventName: "StopLogging",
        eventSource: "cloudtrail.amazonaws.com",
        actor: { kind: "role", name: "AWSReservedSSO_Admin_0123456789abcdef", session: "ben@example.com" },
      },
      { requestParameters: { name: "arn:aws:cloudtrail:us-east-1:111122223333:trail/main" } },
    ),
    /^\*ben@example.com\* \(role \*Admin\*\) stopped the logging of the trail \*main\* from/,
  );
});

for (const [title, row, mfa, expected] of [
  [
    "with a second factor",
    {},
    "Yes",
    "*alice* (IAM user, with MFA) signed in to the AWS console from *203.0.113.7* at noon.",
  ],
  ["without one", {}, "No", "*alice* (IAM user, without MFA) signed in to the AWS console from *203.0.113.7* at noon."],
  [
    "as root",
    { actor: { kind: "root", name: "root" } },
    "No",
    "*root* (root user, without MFA) signed in to the AWS console from *203.0.113.7* at noon.",
  ],
  [
    "with a wrong password",
    { errorMessage: "Failed authentication" },
    "No",
    "*alice* (IAM user, without MFA) tried to sign in to the AWS console from *203.0.113.7* at noon, and it failed: *Failed authentication*.",
  ],
  [
    "with a name nobody has",
    {
      actor: { kind: "iam-user", name: "HIDDEN_DUE_TO_SECURITY_REASONS" },
      errorMessage: "No username found in supplied account",
    },
    "No",
    "Someone (user name hidden by AWS, without MFA) tried to sign in to the AWS console from *203.0.113.7* at noon, and it failed: *No username found in supplied account*.",
  ],
] as const) {
  test(`a sign-in ${title} is told`, () => {
    const record = { additionalEventData: { MFAUsed: mfa } };
    assert.equal(
      say({ eventName: "ConsoleLogin", eventSource: "signin.amazonaws.com", userAgent: browser, ...row }, record),
      expected,
    );
  });
}

for (const [eventName, eventSource, requestParameters, expected] of [
  ["PutBucketPolicy", "s3", { bucketName: "prod-data" }, "set the policy of the bucket *prod-data*"],
  [
    "ScheduleKeyDeletion",
    "kms",
    { keyId: key, pendingWindowInDays: 7 },
    `scheduled the deletion of the KMS key *${key}*, due in *7* days,`,
  ],
  ["CreateNetworkInterface", "ec2", { subnetId: "subnet-1" }, "created a network interface in the subnet *subnet-1*"],
  ["GetFunction20150331v2", "lambda", { functionName: "cron" }, "read the Lambda function *cron*"],
  ["BatchGetImage", "ecr", { repositoryName: "shop" }, "read an ECR image in the repository *shop*"],
  ["DescribeNetworkAcls", "ec2", {}, "looked up network ACLs (EC2)"],
  ["CreateSecurityGroup", "ec2", { groupName: "web", vpcId: "vpc-1" }, "created the security group *web*"],
  ["PutParameter", "ssm", { name: "/prod/key" }, "set the parameter */prod/key*"],
  ["ListGroupsForUser", "iam", { userName: "Mary" }, "listed the groups for user *Mary*"],
  ["DescribeInstanceInformation", "ssm", {}, "looked up instance information (Systems Manager)"],
  ["ListUsers", "iam", {}, "listed IAM users"],
  ["DescribeUserPool", "cognito-idp", {}, "looked up a user pool (Cognito)"],
  ["Publish", "sns", { topicArn: "arn:aws:sns:us-east-1:111122223333:news" }, "called *Publish* (SNS)"],
  ["FrobnicateThing", "new-service", {}, "called *FrobnicateThing* (New-service)"],
] as const) {
  test(`${eventName} is worded`, () => {
    const told = say({ eventName, eventSource: `${eventSource}.amazonaws.com` }, { requestParameters });
    assert.equal(told, `*alice* (IAM user) ${expected} from *203.0.113.7* at noon.`);
  });
}

test("a denial at a VPC endpoint names the endpoint", () => {
  assert.equal(
    say(
      {
        eventName: "Decrypt",
        eventSource: "kms.amazonaws.com",
        category: "NetworkActivity",
        errorCode: "VpceAccessDenied",
      },
      { vpcEndpointId: "vpce-0c57" },
    ),
    "*alice* (IAM user) tried to decrypt data with a KMS key from *203.0.113.7* through the VPC endpoint *vpce-0c57* at noon, and it failed: *Denied by the VPC endpoint’s policy*.",
  );
});

test("an Insights event tells what was unusual, by how much and by whom", () => {
  const arn = "arn:aws:iam::111122223333:user/backup";
  const insightDetails = {
    state: "Start",
    eventSource: "iam.amazonaws.com",
    eventName: "ListUsers",
    errorCode: "AccessDenied",
    insightContext: {
      statistics: { baseline: { average: 0.0004 }, insight: { average: 6 } },
      attributions: [{ attribute: "userIdentityArn", insight: [{ value: arn, average: 6 }] }],
    },
  };
  assert.equal(
    say({ category: "Insight", eventType: "AwsCloudTrailInsight", sourceIp: "" }, { insightDetails }),
    "CloudTrail Insights saw the start of an unusual rate of *AccessDenied* errors from *ListUsers* (IAM): *6* a minute instead of *0.0004*, most of them by *backup*, in *us-east-1* at noon.",
  );
});

test("a record of another shape than promised still makes a sentence", () => {
  for (const record of [
    null,
    5,
    [],
    { requestParameters: "x" },
    { userIdentity: [], insightDetails: { insightContext: 1 } },
  ]) {
    assert.match(say({ eventName: "toString", eventSource: "__proto__" }, record as object), /at noon\.$/);
  }
});
