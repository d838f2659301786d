import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsError } from "../aws-error.ts";
import { type WireRequest } from "../message.ts";
import { type ServiceName } from "../models.ts";
import { sdkTraffic } from "../wire/sdk-traffic.fixture.ts";
import { loadOperations } from "./load-operations.ts";
import { nameOperation } from "./name-operation.ts";
import { type Member } from "./shape.ts";
import { readParameters } from "./query-parameters.ts";

function request(method: string, target: string, headers: Record<string, string> = {}): WireRequest {
  const [path = "/", query = ""] = target.split("?");
  return { method, path, query, headers: { host: "127.0.0.1:4566", ...headers } };
}

async function nameOf(service: ServiceName, asked: WireRequest, form = ""): Promise<string | undefined> {
  const parameters = [...readParameters(asked.query), ...readParameters(form)];
  return nameOperation(await loadOperations(service), asked, parameters)?.operation.name;
}

/** Only what has to be there, so that nothing but that tells the operations apart. */
function leastInput(members: readonly Member[]): object {
  return Object.fromEntries(
    members
      .filter(({ isRequired, shape }) => isRequired || (shape.kind === "blob" && shape.isStreaming))
      .map(leastValue),
  );
}

function leastValue({ name, shape }: Member): [string, unknown] {
  if (name === "Bucket") return [name, "bucket"];
  if (shape.kind === "structure") return [name, leastInput(shape.members)];
  if (shape.kind === "list") return [name, [leastValue(shape.item)[1]]];
  if (shape.kind === "number") return [name, 1];
  return [name, "value"];
}

test("every operation that S3's client sends is named, with the SDK's hint and without it", async () => {
  const s3 = await loadOperations("s3");
  const traffic = await sdkTraffic("s3");
  let count = 0;
  for (const { name, input } of s3.operations.values()) {
    // Two go to hosts of their own, one opens a session first; ListBuckets of directory buckets is ListBuckets.
    if (["CreateSession", "WriteGetObjectResponse", "ListDirectoryBuckets"].includes(name)) continue;
    const sent = await traffic.requestOf(name, leastInput(input.members));
    const query = sent.query.replace(/(^|&)x-id=\w+/, "");
    assert.equal(await nameOf("s3", sent), name);
    assert.equal(await nameOf("s3", { ...sent, query }), name, `${name} without x-id`);
    count += 1;
  }
  assert.ok(count >= 100);
});

const s3Cases: readonly (readonly [string, string, string | undefined, Record<string, string>?])[] = [
  ["GET", "/", "ListBuckets"],
  ["GET", "/bucket", "ListObjects"],
  ["GET", "/bucket/", "ListObjects"],
  ["GET", "/bucket/?prefix=a&marker=b", "ListObjects"],
  ["GET", "/bucket?list-type=2&prefix=a", "ListObjectsV2"],
  ["GET", "/bucket?location", "GetBucketLocation"],
  ["GET", "/bucket?location=", "GetBucketLocation"],
  ["GET", "/bucket/key?versionId=1", "GetObject"],
  ["GET", "/bucket/a/b//c", "GetObject"],
  ["GET", "/bucket/key?uploadId=1", "ListParts"],
  ["PUT", "/bucket/key?uploadId=1&partNumber=2", "UploadPart"],
  ["PUT", "/bucket/key?uploadId=1&partNumber=2", "UploadPartCopy", { "x-amz-copy-source": "/b/k" }],
  ["PUT", "/bucket/key", "CopyObject", { "x-amz-copy-source": "/b/k" }],
  ["PUT", "/bucket/key?tagging", "PutObjectTagging", { "x-amz-copy-source": "/b/k" }],
  ["PUT", "/", "CreateBucket", { host: "bucket.s3.eu-west-1.amazonaws.com" }],
  ["PUT", "/key", "PutObject", { host: "my.bucket.s3.localhost:4566" }],
  ["GET", "/key", "GetObject", { host: "bucket.localhost:4566" }],
  ["GET", "/", "ListBuckets", { host: "s3.localhost" }],
  ["GET", "/", "ListBuckets", { host: "s3.eu-west-1.localhost" }],
  ["DELETE", "/bucket?policy", "DeleteBucketPolicy"],
  ["PUT", "/bucket?inventory", "PutBucketInventoryConfiguration"],
  ["GET", "/bucket?inventory&id=1", "GetBucketInventoryConfiguration"],
  ["GET", "/bucket/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0", "GetObject"],
  ["GET", "/bucket?x-trace=1&anything=1", "ListObjects"],
  ["POST", "/bucket", undefined],
  ["PATCH", "/bucket/key", undefined],
];

for (const [method, target, name, headers] of s3Cases)
  test(`S3 takes ${method} ${target} ${headers === undefined ? "" : JSON.stringify(headers)} for ${name ?? "nothing"}`, async () => {
    assert.equal(await nameOf("s3", request(method, target, headers)), name);
  });

// What an emulator must not do: facts of fauxqs, where `DELETE /bucket?policy` removed the bucket.
for (const [method, target] of [
  ["DELETE", "/bucket?somethingNew"],
  ["PUT", "/bucket?somethingNew"],
  ["PUT", "/bucket/key?somethingNew="],
  ["PUT", "/bucket/key?partNumber=1"],
  ["DELETE", "/bucket/key?retention"],
  ["DELETE", "/bucket?acl"],
  ["GET", "/bucket?somethingNew"],
  ["GET", "/bucket/key?cors"],
] as const)
  test(`S3 refuses ${method} ${target}, a sub-resource that it does not know there`, async () => {
    await assert.rejects(nameOf("s3", request(method, target)), (error) => {
      assert.ok(error instanceof AwsError);
      return error.code === "NotImplemented" && error.status === 501;
    });
  });

test("a JSON service's operation stands after the last dot of the target, in both of its forms", async () => {
  const short = { "x-amz-target": "CloudTrail_20131101.CreateTrail" };
  const long = { "x-amz-target": "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.CreateTrail" };
  assert.equal(await nameOf("cloudtrail", request("POST", "/", short)), "CreateTrail");
  assert.equal(await nameOf("cloudtrail", request("POST", "/", long)), "CreateTrail");
  assert.equal(
    await nameOf("cloudtrail", request("POST", "/", { "x-amz-target": "CloudTrail_20131101.toString" })),
    undefined,
  );
  assert.equal(await nameOf("cloudtrail", request("POST", "/"), "Action=CreateTrail"), undefined);
});

test("a query service's operation is its action, in the form or in the query", async () => {
  assert.equal(await nameOf("iam", request("POST", "/"), "Action=CreateUser&Version=2010-05-08"), "CreateUser");
  assert.equal(
    await nameOf("sts", request("GET", "/?Action=GetCallerIdentity&Version=2011-06-15")),
    "GetCallerIdentity",
  );
  assert.equal(await nameOf("ec2", request("POST", "/"), "Action=RunInstances&Version=2016-11-15"), "RunInstances");
  assert.equal(await nameOf("iam", request("POST", "/"), "Action=constructor"), undefined);
});

test("SQS is spoken to in JSON and in its older query protocol", async () => {
  const sqs = await loadOperations("sqs");
  const json = nameOperation(sqs, request("POST", "/", { "x-amz-target": "AmazonSQS.SendMessage" }), []);
  const older = nameOperation(sqs, request("POST", "/1/queue"), [["Action", "SendMessage"]]);
  assert.deepEqual([json?.operation.protocol, older?.operation.protocol], ["awsJson1_0", "awsQuery"]);
});

test("paths of REST services are taken apart, the more exact template first", async () => {
  const service = await loadOperations("guardduty");
  const named = nameOperation(service, request("POST", "/detector/abc/findings/get"), []);
  assert.equal(named?.operation.name, "GetFindings");
  assert.equal(named.labels.get("DetectorId"), "abc");
  const tags = nameOperation(service, request("GET", "/tags/arn%3Aaws%3Aguardduty%2Fx"), []);
  assert.equal(tags?.labels.get("ResourceArn"), "arn:aws:guardduty/x");
  assert.equal(nameOperation(service, request("GET", "/nothing/here"), []), undefined);
});
