import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

import { type CloudTrailRecord } from "../../cloudtrail/index.ts";
import {
  type Answer,
  clientOf,
  openAnswering,
  type OpenRecording,
  openRecording,
  signedFor,
  xmlAnswer,
} from "./recording.fixture.ts";

let server: Awaited<ReturnType<typeof openAnswering>>;

before(async () => (server = await openAnswering()));
after(() => server[Symbol.asyncDispose]());

const secretKey = "SECRETACCESSKEYOFNOBODY";

/** Asks one thing and gives back the records of it. */
async function recordsOf(
  answer: Answer,
  ask: (open: OpenRecording) => Promise<unknown>,
): Promise<readonly CloudTrailRecord[]> {
  server.next = answer;
  await using open = await openRecording(server.url);
  await ask(open).catch(() => undefined);
  assert.deepEqual(open.failures, []);
  return open.end();
}

test("S3's calls are recorded as S3 has them: document, marks, resources, bytes, and not what the headers hide", async () => {
  const [put] = await recordsOf(
    [200, { "x-amz-version-id": "v1", "x-amz-id-2": "id2", "x-amz-request-id": "S3ID" }],
    (open) =>
      clientOf("s3", open).then((s3) =>
        s3.call("PutObject", {
          Bucket: "photos",
          Key: "a/b c",
          Body: "hello",
          StorageClass: "STANDARD_IA",
          Metadata: { note: "a word" },
          SSECustomerAlgorithm: "AES256",
          SSECustomerKey: Buffer.alloc(32, 7).toString("base64"),
        }),
      ),
  );
  assert.equal(put?.eventCategory, "Data");
  assert.deepEqual(put?.requestParameters, {
    bucketName: "photos",
    "x-amz-storage-class": "STANDARD_IA",
    Host: put?.requestParameters?.["Host"],
    key: "a/b c",
  });
  assert.deepEqual(put?.responseElements, { "x-amz-version-id": "v1" });
  assert.deepEqual(put?.additionalEventData, {
    SignatureVersion: "SigV4",
    bytesTransferredIn: 5,
    AuthenticationMethod: "AuthHeader",
    "x-amz-id-2": "id2",
    bytesTransferredOut: 0,
  });
  assert.deepEqual(put?.resources, [
    { type: "AWS::S3::Object", ARN: "arn:aws:s3:::photos/a/b c" },
    { accountId: "123456789012", type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::photos" },
  ]);
  assert.equal(put?.requestID, "S3ID");

  const [tagged] = await recordsOf([204, {}], (open) =>
    clientOf("s3", open).then((s3) =>
      s3.call("PutBucketTagging", {
        Bucket: "photos",
        Tagging: {
          TagSet: [
            { Key: "a", Value: "1" },
            { Key: "b", Value: "2" },
          ],
        },
      }),
    ),
  );
  assert.deepEqual(tagged?.requestParameters?.["Tagging"], {
    xmlns: "http://s3.amazonaws.com/doc/2006-03-01/",
    TagSet: {
      Tag: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ],
    },
  });
  assert.equal(tagged?.requestParameters?.["tagging"], "");
});

test("each object out of a DeleteObjects has a record of its own, but for those that were not deleted", async () => {
  const body = "<DeleteResult><Error><Key>b</Key><Code>AccessDenied</Code><Message>No</Message></Error></DeleteResult>";
  const Objects = [{ Key: "a" }, { Key: "b" }, { Key: "c", VersionId: "v" }];
  const records = await recordsOf([200, {}, body], (open) =>
    clientOf("s3", open).then((s3) => s3.call("DeleteObjects", { Bucket: "photos", Delete: { Quiet: true, Objects } })),
  );
  assert.deepEqual(
    records.map(({ eventName, requestParameters }) => [eventName, requestParameters?.["key"]]),
    [
      ["DeleteObjects", undefined],
      ["DeleteObject", "a"],
      ["DeleteObject", "c"],
    ],
  );
});

test("what failed is recorded with its error, also where the answer has no body or begins with 200", async () => {
  const late = "<?xml version='1.0'?>\n<Error><Code>InternalError</Code><Message>Again</Message></Error>";
  const cases: readonly (readonly [Answer, (open: OpenRecording) => Promise<unknown>, string, string])[] = [
    [
      [404, {}],
      async (open) => (await clientOf("s3", open)).call("HeadObject", { Bucket: "b", Key: "k" }),
      "HeadObject",
      "NoSuchKey",
    ],
    [
      [404, {}],
      async (open) => (await clientOf("s3", open)).call("HeadBucket", { Bucket: "b" }),
      "HeadBucket",
      "NoSuchBucket",
    ],
    [
      [403, {}],
      async (open) => (await clientOf("s3", open)).call("HeadBucket", { Bucket: "b" }),
      "HeadBucket",
      "AccessDenied",
    ],
    [
      [200, {}, late],
      async (open) => (await clientOf("s3", open)).call("CopyObject", { Bucket: "b", Key: "k", CopySource: "b/j" }),
      "CopyObject",
      "InternalError",
    ],
    [
      [404, {}, "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>None</Message></Error></ErrorResponse>"],
      async (open) => (await clientOf("iam", open)).call("GetUser", { UserName: "ana" }),
      "GetUser",
      "NoSuchEntityException",
    ],
    [
      [500, {}, "<html>"],
      async (open) => (await clientOf("sqs", open)).call("ListQueues", {}),
      "ListQueues",
      "InternalFailure",
    ],
  ];
  for (const [answer, ask, eventName, errorCode] of cases) {
    const [record] = await recordsOf(answer, ask);
    assert.deepEqual([record?.eventName, record?.errorCode], [eventName, errorCode]);
  }
});

const secrets: readonly (readonly [name: string, answer: Answer, ask: (open: OpenRecording) => Promise<unknown>])[] = [
  [
    "CreateAccessKey",
    [
      200,
      {},
      xmlAnswer(
        "CreateAccessKey",
        "<AccessKey><UserName>ana</UserName><AccessKeyId>AKIANEW</AccessKeyId><Status>Active</Status><SecretAccessKey>HIDEME</SecretAccessKey></AccessKey>",
      ),
    ],
    async (open) => (await clientOf("iam", open)).call("CreateAccessKey", { UserName: "ana" }),
  ],
  [
    "CreateLoginProfile",
    [200, {}, xmlAnswer("CreateLoginProfile", "")],
    async (open) => (await clientOf("iam", open)).call("CreateLoginProfile", { UserName: "ana", Password: "HIDEME" }),
  ],
  [
    "AssumeRole",
    [
      200,
      {},
      xmlAnswer(
        "AssumeRole",
        "<Credentials><AccessKeyId>ASIANEW</AccessKeyId><SecretAccessKey>HIDEME</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>",
      ),
    ],
    async (open) =>
      (await clientOf("sts", open)).call("AssumeRole", {
        RoleArn: "arn:aws:iam::123456789012:role/r",
        RoleSessionName: "s",
        TokenCode: "HIDEME",
        SerialNumber: "m",
      }),
  ],
  [
    "Publish",
    [200, {}, xmlAnswer("Publish", "<MessageId>m</MessageId>")],
    async (open) =>
      (await clientOf("sns", open)).call("Publish", {
        TopicArn: "arn:aws:sns:eu-west-1:123456789012:t",
        Message: "HIDEME",
      }),
  ],
  [
    "Encrypt",
    [200, { "content-type": "application/x-amz-json-1.1" }, '{"CiphertextBlob":"HIDEMEaa","KeyId":"k"}'],
    async (open) => (await clientOf("kms", open)).call("Encrypt", { KeyId: "k", Plaintext: Buffer.from("HIDEME") }),
  ],
  [
    "PutSecretValue",
    [200, { "content-type": "application/x-amz-json-1.1" }, '{"SecretString":"HIDEME"}'],
    (open) =>
      post(
        open,
        { "x-amz-target": "secretsmanager.PutSecretValue", authorization: signedFor("secretsmanager") },
        '{"SecretString":"HIDEME"}',
      ),
  ],
  [
    "GetObject",
    [200, {}, "HIDEME"],
    (open) =>
      fetch(
        `${open.url}/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAEXAMPLE%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Security-Token=HIDEME&X-Amz-Signature=${"bad0".repeat(16)}`,
      ),
  ],
];

test("no secret of request or answer is in any file of the recording, the journal among them", async (t) => {
  for (const [name, answer, ask] of secrets)
    await t.test(name, async () => {
      server.next = answer;
      await using open = await openRecording(server.url);
      await ask(open).catch(() => undefined);
      const journal = everything(join(dirname(open.folder), "work", "journal"));
      const [record] = await open.end();
      assert.equal(record?.eventName, name);
      for (const text of [journal, JSON.stringify(record)])
        for (const secret of ["HIDEME", Buffer.from("HIDEME").toString("base64"), "bad0bad0", secretKey])
          assert.ok(!text.includes(secret), text);
    });
});

test("of a service whose parameters are not known the call is recorded and the parameters are not", async () => {
  server.next = [
    400,
    { "x-amzn-requestid": "rq" },
    '{"__type":"com.amazonaws.dynamodb#ResourceNotFoundException","message":"None"}',
  ];
  const [record] = await recordsOf(server.next, (open) =>
    post(
      open,
      { "x-amz-target": "DynamoDB_20120810.CreateTable", authorization: signedFor("dynamodb") },
      '{"TableName":"t"}',
    ),
  );
  assert.deepEqual(
    [record?.eventSource, record?.eventName, record?.requestParameters, record?.responseElements, record?.readOnly],
    ["dynamodb.amazonaws.com", "CreateTable", null, null, false],
  );
  assert.deepEqual(
    [record?.errorCode, record?.errorMessage, record?.requestID],
    ["ResourceNotFoundException", "None", "rq"],
  );
});

test("what has no name is passed on and counted by its service; what is the server's own is counted apart", async () => {
  server.next = [200, {}];
  await using open = await openRecording(server.url);
  await fetch(`${open.url}/2015-03-31/functions`, { headers: { authorization: signedFor("lambda") } });
  await fetch(`${open.url}/bucket?nonsense`, { method: "DELETE", headers: { authorization: signedFor("s3") } });
  await post(open, { authorization: signedFor("iam"), "content-type": form }, "Action=CreateUser&Action=DeleteUser");
  await post(open, { "content-type": form }, "Action=No%zz");
  await fetch(`${open.url}/minio/health/live`);
  const { passed, records, unnamed, unnamedByService, own } = open.recording.figures();
  assert.deepEqual({ passed, records, unnamed, own }, { passed: 5, records: 0, unnamed: 4, own: 1 });
  assert.deepEqual(unnamedByService, { lambda: 1, s3: 1, iam: 1, unsigned: 1 });
});

test("what cannot be read is recorded without it, and counted", async () => {
  server.next = [200, {}, "no XML"];
  await using open = await openRecording(server.url);
  const s3 = { method: "PUT", headers: { authorization: signedFor("s3") } };
  await fetch(`${open.url}/bucket?tagging`, { ...s3, body: "no XML" });
  await post(open, { authorization: signedFor("iam"), "content-type": form }, "Action=CreateUser&UserName=ana");
  const large = `Action=CreateRole&AssumeRolePolicyDocument=${"x".repeat(2_000_000)}`;
  await post(open, { authorization: signedFor("iam"), "content-type": form }, large);
  assert.equal(open.recording.figures().unreadable, 4);
  const records = (await open.end()).toSorted((a, b) => ((a.eventName ?? "") < (b.eventName ?? "") ? -1 : 1));
  assert.deepEqual(
    records.map(({ eventName, requestParameters }) => [
      eventName,
      requestParameters?.["bucketName"] ?? requestParameters,
    ]),
    [
      ["CreateRole", { omitted: true }],
      ["CreateUser", { userName: "ana" }],
      ["PutBucketTagging", "bucket"],
    ],
  );
});

test("without data events the management events are recorded alone, and the others counted", async () => {
  server.next = [200, {}];
  await using open = await openRecording(server.url, { withDataEvents: false });
  await fetch(`${open.url}/b/k`, { headers: { authorization: signedFor("s3") } });
  await fetch(`${open.url}/b?acl`, { headers: { authorization: signedFor("s3") } });
  const { records, dataEvents } = open.recording.figures();
  assert.deepEqual({ records, dataEvents }, { records: 1, dataEvents: 1 });
  assert.deepEqual(
    (await open.end()).map(({ eventName }) => eventName),
    ["GetBucketAcl"],
  );
});

test("regions that AWS could not have stand for the one that was chosen, and there is no end of files for invented ones", async () => {
  server.next = [200, {}];
  await using open = await openRecording(server.url, { region: "eu-central-1" });
  for (const region of [
    "minio",
    "us-east-1",
    ...Array.from(
      { length: 300 },
      (_, number) => `x${number < 100 ? "a" : number < 200 ? "b" : "c"}-made-${number % 100}`,
    ),
  ])
    await fetch(`${open.url}/b?acl`, { headers: { authorization: signedFor("s3", "AKIA", region) } });
  const records = await open.end();
  assert.equal(records.length, 302);
  assert.equal(new Set(records.map(({ awsRegion }) => awsRegion)).size, 256);
  assert.equal(records.filter(({ awsRegion }) => awsRegion === "eu-central-1").length, 47);
});

const form = "application/x-www-form-urlencoded; charset=utf-8";

function post(open: OpenRecording, headers: Record<string, string>, body: string): Promise<Response> {
  return fetch(open.url, { method: "POST", headers, body });
}

function everything(folder: string): string {
  return globSync("**/*", { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}
