import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsError, type ServiceName } from "../../aws/index.ts";
import { SteppedClock, systemClock } from "../../base/clock.ts";
import { allowAllBut, type FrontTest, keys, openFront, sdk, sessionKeys } from "./front.fixture.ts";

interface Failure extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly Error?: { readonly Code?: string };
  readonly Code?: string;
}

const calls = {
  s3: async (client: FrontTest["client"]) => {
    const { S3Client, GetObjectCommand } = await sdk.s3();
    return new S3Client({ ...client, forcePathStyle: true }).send(new GetObjectCommand({ Bucket: "logs", Key: "k" }));
  },
  iam: async (client: FrontTest["client"]) => {
    const { IAMClient, CreateUserCommand } = await sdk.iam();
    return new IAMClient(client).send(new CreateUserCommand({ UserName: "bob" }));
  },
  cloudtrail: async (client: FrontTest["client"]) => {
    const { CloudTrailClient, DescribeTrailsCommand } = await sdk.cloudtrail();
    return new CloudTrailClient(client).send(new DescribeTrailsCommand({}));
  },
  ec2: async (client: FrontTest["client"]) => {
    const { EC2Client, DescribeRegionsCommand } = await sdk.ec2();
    return new EC2Client(client).send(new DescribeRegionsCommand({}));
  },
} satisfies Partial<Record<ServiceName, (client: FrontTest["client"]) => Promise<unknown>>>;

async function failureOf(call: Promise<unknown>): Promise<readonly [code: string, status: number | undefined]> {
  try {
    await call;
  } catch (error) {
    const failure = error as Failure;
    return [failure.Error?.Code ?? failure.Code ?? failure.name, failure.$metadata?.httpStatusCode];
  }
  return ["done", 200];
}

type Expected = Readonly<Record<keyof typeof calls, readonly [code: string, status: number]>>;

async function assertFailures(
  open: FrontTest,
  client: Partial<FrontTest["client"]>,
  expected: Expected,
): Promise<void> {
  for (const [service, call] of Object.entries(calls))
    assert.deepEqual(
      await failureOf(call({ ...open.client, ...client })),
      expected[service as keyof typeof calls],
      service,
    );
}

// S3 "Error responses", EC2 "Error codes", and the "Common errors" of IAM and CloudTrail.
test("an unknown key is refused in each service's words, and nothing is recorded", async () => {
  await using open = await openFront();
  for (const accessKeyId of ["AKIANOBODY", "AKIAINACTIVE"])
    await assertFailures(
      open,
      { credentials: { ...keys, accessKeyId } },
      {
        s3: ["InvalidAccessKeyId", 403],
        iam: ["InvalidClientTokenId", 403],
        cloudtrail: ["UnrecognizedClientException", 400],
        ec2: ["AuthFailure", 401],
      },
    );
  assert.deepEqual(open.ended, []);
});

test("a wrong secret is a signature that does not match", async () => {
  await using open = await openFront();
  await assertFailures(
    open,
    { credentials: { ...keys, secretAccessKey: "guessed" } },
    {
      s3: ["SignatureDoesNotMatch", 403],
      iam: ["SignatureDoesNotMatch", 403],
      cloudtrail: ["InvalidSignatureException", 400],
      ec2: ["AuthFailure", 401],
    },
  );
  assert.deepEqual(open.ended, []);
});

test("a session's key works with its token only, and not when it has expired", async () => {
  await using open = await openFront();
  assert.deepEqual(await failureOf(calls.iam({ ...open.client, credentials: sessionKeys })), ["done", 200]);
  await assertFailures(
    open,
    { credentials: { ...sessionKeys, sessionToken: "another" } as typeof keys },
    {
      s3: ["InvalidToken", 400],
      iam: ["InvalidClientTokenId", 403],
      cloudtrail: ["UnrecognizedClientException", 400],
      ec2: ["AuthFailure", 401],
    },
  );
  await assertFailures(
    open,
    { credentials: { ...keys, accessKeyId: "ASIAEXPIRED" } },
    {
      s3: ["ExpiredToken", 400],
      iam: ["ExpiredToken", 403],
      cloudtrail: ["ExpiredTokenException", 400],
      ec2: ["RequestExpired", 400],
    },
  );
});

test("a request signed more than a quarter of an hour off is refused", async () => {
  await using open = await openFront();
  open.clock.advance(901_000);
  await assertFailures(
    open,
    {},
    {
      s3: ["RequestTimeTooSkewed", 403],
      iam: ["SignatureDoesNotMatch", 403],
      cloudtrail: ["InvalidSignatureException", 400],
      ec2: ["RequestExpired", 400],
    },
  );
});

test("the sandbox's clock may run ahead of the clients that sign", async () => {
  const clock = new SteppedClock(Date.now() + 7 * 86_400_000);
  await using open = await openFront({ clock, wallClock: systemClock });
  assert.deepEqual(await failureOf(calls.iam(open.client)), ["done", 200]);
  assert.equal(open.ended[0]?.at, clock.now());
});

test("a call that the policies deny is answered so, and recorded", async () => {
  const authorizer = allowAllBut("s3:GetObject", "iam:CreateUser", "cloudtrail:DescribeTrails", "ec2:DescribeRegions");
  await using open = await openFront({ authorizer });
  await assertFailures(
    open,
    {},
    {
      s3: ["AccessDenied", 403],
      iam: ["AccessDenied", 403],
      cloudtrail: ["AccessDeniedException", 400],
      ec2: ["UnauthorizedOperation", 403],
    },
  );
  assert.deepEqual(
    open.ended.map(({ operation, isDenied, error, output }) => [operation.name, isDenied, error?.code, output]),
    [
      ["GetObject", true, "AccessDenied", undefined],
      ["CreateUser", true, "AccessDenied", undefined],
      ["DescribeTrails", true, "AccessDeniedException", undefined],
      ["DescribeRegions", true, "UnauthorizedOperation", undefined],
    ],
  );
  assert.match(
    open.ended[1]?.error?.message ?? "",
    /^User: arn:aws:iam::\d+:user\/alice is not authorized to perform: iam:CreateUser/,
  );
});

test("an object that may not be put is refused before its bytes are sent, or whatever of them come", async () => {
  await using open = await openFront({ authorizer: allowAllBut("s3:PutObject") });
  const { S3Client, PutObjectCommand } = await sdk.s3();
  for (const expectContinueHeader of [true, false]) {
    const s3 = new S3Client({ ...open.client, forcePathStyle: true, expectContinueHeader });
    const put = s3.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: Buffer.alloc(30_000_000) }));
    assert.deepEqual(await failureOf(put), ["AccessDenied", 403]);
  }
  assert.deepEqual(
    open.ended.map(({ isDenied, bytesIn }) => [isDenied, bytesIn]),
    [
      [true, 0],
      [true, 0],
    ],
  );
});

test("a fault on purpose is answered before the service is asked, and recorded", async () => {
  const beforeAnswer = () => Promise.resolve(new AwsError("ThrottlingException", "Rate exceeded"));
  await using open = await openFront({ beforeAnswer });
  assert.deepEqual(await failureOf(calls.cloudtrail(open.client)), ["ThrottlingException", 400]);
  assert.equal(open.ended[0]?.error?.code, "ThrottlingException");
});

test("operations and services that are not there are refused in the words of their protocol", async () => {
  await using open = await openFront();
  const { IAMClient, ListUsersCommand } = await sdk.iam();
  const { CloudTrailClient, GetTrailCommand } = await sdk.cloudtrail();
  const { S3Client, GetBucketAclCommand } = await sdk.s3();
  const { KMSClient, ListKeysCommand } = await sdk.kms();
  assert.deepEqual(await failureOf(new IAMClient(open.client).send(new ListUsersCommand({}))), ["InvalidAction", 400]);
  assert.deepEqual(await failureOf(new CloudTrailClient(open.client).send(new GetTrailCommand({ Name: "t" }))), [
    "UnknownOperationException",
    400,
  ]);
  const s3 = new S3Client({ ...open.client, forcePathStyle: true });
  assert.deepEqual(await failureOf(s3.send(new GetBucketAclCommand({ Bucket: "b" }))), ["NotImplemented", 501]);
  assert.deepEqual(await failureOf(new KMSClient(open.client).send(new ListKeysCommand({}))), [
    "UnknownOperationException",
    400,
  ]);
});

test("an error of a service reaches its client and the record as it is", async () => {
  await using open = await openFront();
  const { IAMClient, CreateUserCommand } = await sdk.iam();
  const taken = new IAMClient(open.client).send(new CreateUserCommand({ UserName: "taken" }));
  await assert.rejects(taken, {
    name: "EntityAlreadyExistsException",
    message: "User with name taken already exists.",
  });
  assert.equal(open.ended[0]?.error?.code, "EntityAlreadyExists");
  assert.equal(open.ended[0].isDenied, false);
  assert.deepEqual(open.faults, []);
});

test("a fault of ours is an internal failure to the client, and told to us", async () => {
  await using open = await openFront();
  const { IAMClient, CreateUserCommand } = await sdk.iam();
  const broken = new IAMClient(open.client).send(new CreateUserCommand({ UserName: "broken" }));
  assert.deepEqual(await failureOf(broken), ["InternalFailure", 500]);
  assert.equal(open.ended[0]?.error?.code, "InternalFailure");
  assert.ok(open.faults[0] instanceof TypeError);
});

test("a request without a required parameter is refused and recorded", async () => {
  await using open = await openFront();
  const { IAMClient, CreateUserCommand } = await sdk.iam();
  const nameless = new IAMClient(open.client).send(new CreateUserCommand({ UserName: undefined }));
  assert.deepEqual(await failureOf(nameless), ["ValidationError", 400]);
  assert.equal(open.ended[0]?.error?.code, "ValidationError");
});

test("what cannot be recorded is not answered as done", async () => {
  await using open = await openFront({ onCall: () => Promise.reject(new Error("the disk is full")) });
  assert.deepEqual(await failureOf(calls.iam(open.client)), ["InternalFailure", 500]);
  assert.equal(String(open.faults[0]), "Error: the disk is full");
});
