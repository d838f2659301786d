import assert from "node:assert/strict";
import { test } from "node:test";

import { loadOperations } from "./load-operations.ts";
import { type AwsOperation, type Protocol } from "./operation.ts";
import { serviceNames } from "./packages.ts";
import { type Shape } from "./shape.ts";

// The SDK's tuples are not documented: when a new version of it fails here, `read-schema.ts` and `load-operations.ts`
// are what has to change.
const expected: Readonly<
  Record<(typeof serviceNames)[number], readonly [Protocol, atLeast: number, operation: string]>
> = {
  cloudtrail: ["awsJson1_1", 60, "PutEventSelectors"],
  ec2: ["ec2Query", 800, "RunInstances"],
  events: ["awsJson1_1", 57, "PutTargets"],
  guardduty: ["restJson1", 87, "CreateSampleFindings"],
  iam: ["awsQuery", 170, "CreateAccessKey"],
  kms: ["awsJson1_1", 53, "GenerateDataKey"],
  logs: ["awsJson1_1", 100, "PutLogEvents"],
  organizations: ["awsJson1_1", 60, "DescribeOrganization"],
  s3: ["restXml", 105, "PutBucketPolicy"],
  sns: ["awsQuery", 42, "Publish"],
  sqs: ["awsJson1_0", 23, "SendMessageBatch"],
  sts: ["awsQuery", 8, "AssumeRole"],
};

for (const name of serviceNames)
  test(`all operations of ${name} are read out of the SDK's schemas`, async () => {
    const service = await loadOperations(name);
    const [protocol, atLeast, operation] = expected[name];
    assert.ok(service.operations.size >= atLeast);
    assert.ok(service.operations.has(operation));
    assert.match(service.version, /^20\d\d-\d\d-\d\d$/);
    assert.ok(service.target !== "");
    if (protocol.endsWith("Query") || protocol === "restXml") assert.match(service.xmlNamespace, /^https?:/);
    const seen = new Set<Shape>();
    for (const [key, one] of service.operations) {
      assert.equal(one.name, key);
      assert.equal(one.protocol, protocol);
      assertHttp(one);
      walk(one.input, seen);
      walk(one.output, seen);
    }
  });

function assertHttp({ http, protocol, name }: AwsOperation): void {
  if (!protocol.startsWith("rest")) return assert.equal(http, undefined);
  assert.ok(http !== undefined, name);
  assert.match(http.method, /^(?:GET|HEAD|PUT|POST|DELETE|PATCH)$/);
  assert.match(http.path, /^\/(?:[\w.{}+-]+\/?)*$/, name);
  assert.ok(http.status >= 200 && http.status < 300);
}

/** Reads every shape there is, which throws for one of an unknown kind. */
function walk(shape: Shape, seen: Set<Shape>): void {
  if (seen.has(shape)) return;
  seen.add(shape);
  if (shape.kind === "list") walk(shape.item.shape, seen);
  if (shape.kind === "map") walk(shape.value.shape, seen);
  if (shape.kind !== "structure") return;
  const bound = [...shape.bindings.labels, ...shape.bindings.body].length;
  assert.ok(bound <= shape.members.length);
  for (const member of shape.members) walk(member.shape, seen);
}

test("traits that the wire depends on are read as they are", async () => {
  const s3 = await loadOperations("s3");
  const put = s3.operations.get("PutObject");
  const member = (name: string) => put?.input.members.find((one) => one.name === name);
  assert.equal(member("Bucket")?.isRequired, true);
  assert.equal(member("ContentType")?.isRequired, false);
  assert.equal(member("SSECustomerKey")?.isSensitive, true);
  assert.deepEqual(member("Body")?.shape, { kind: "blob", isStreaming: true });
  assert.equal(put?.input.bindings.payload?.name, "Body");
  assert.equal(put?.input.bindings.prefixHeaders?.wireName, "x-amz-meta-");
  assert.ok(put?.input.bindings.headers.some(({ wireName }) => wireName === "content-type"));

  const sqs = await loadOperations("sqs");
  const attributes = sqs.operations.get("SetQueueAttributes")?.input.members.find(({ name }) => name === "Attributes");
  assert.equal(attributes?.isFlattened, true);
  assert.equal(attributes?.xmlName, "Attribute");
  assert.equal(attributes?.shape.kind === "map" && attributes.shape.key.xmlName, "Name");
  assert.equal(sqs.errors.get("QueueDoesNotExist")?.queryCode, "AWS.SimpleQueueService.NonExistentQueue");
  assert.equal(sqs.older?.get("SendMessage")?.protocol, "awsQuery");
  assert.equal(sqs.isQueryCompatible, true);
});

test("a service is loaded once", async () => {
  assert.equal(await loadOperations("sts"), await loadOperations("sts"));
});
