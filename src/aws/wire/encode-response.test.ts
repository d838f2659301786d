import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { type WireResponse } from "../message.ts";
import { type ServiceName } from "../models.ts";
import { loadOperations } from "../operations/load-operations.ts";
import { decodeResponse } from "./decode-response.ts";
import { encodeResponse } from "./encode-response.ts";
import { sdkTraffic } from "./sdk-traffic.fixture.ts";
import { plain } from "./values.fixture.ts";

async function encode(service: ServiceName, name: string, output: object): Promise<WireResponse> {
  const operation = (await loadOperations(service)).operations.get(name);
  assert.ok(operation);
  return encodeResponse(operation, output, { requestId: "request-1" });
}

test("IAM answers in a result and its metadata", async () => {
  const { headers, body } = await encode("iam", "GetUser", {
    User: { UserName: "a&b", CreateDate: new Date(0), Tags: [] },
  });
  assert.equal(headers["content-type"], "text/xml");
  assert.equal(
    body,
    '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><UserName>a&amp;b</UserName><CreateDate>1970-01-01T00:00:00Z</CreateDate><Tags></Tags></User></GetUserResult><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></GetUserResponse>',
  );
});

test("an operation that returns nothing says so as its protocol does", async () => {
  const iam = await encode("iam", "DeleteUser", {});
  assert.match(String(iam.body), /^<DeleteUserResponse xmlns="[^"]+"><ResponseMetadata>/);
  const ec2 = await encode("ec2", "DeleteVpc", {});
  assert.match(String(ec2.body), /<requestId>request-1<\/requestId><return>true<\/return><\/DeleteVpcResponse>$/);
  assert.equal((await encode("logs", "CreateLogGroup", {})).body, "");
  assert.equal((await encode("cloudtrail", "StartLogging", {})).body, "{}");
  const s3 = await encode("s3", "DeleteBucket", {});
  assert.deepEqual([s3.status, s3.body], [204, undefined]);
});

test("EC2's lists stand in items, in names of its own", async () => {
  const { body } = await encode("ec2", "DescribeRegions", { Regions: [{ RegionName: "eu-west-1", Endpoint: "e" }] });
  assert.match(
    String(body),
    /<DescribeRegionsResponse xmlns="http:\/\/ec2\.amazonaws\.com\/doc\/2016-11-15\/"><requestId>request-1<\/requestId><regionInfo><item>(?:<regionName>eu-west-1<\/regionName>|<regionEndpoint>e<\/regionEndpoint>){2}<\/item><\/regionInfo>/,
  );
});

test("S3's location is its root element, empty for us-east-1", async () => {
  // S3 API Reference, GetBucketLocation.
  const there = await encode("s3", "GetBucketLocation", { LocationConstraint: "eu-west-1" });
  const first = await encode("s3", "GetBucketLocation", {});
  const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  assert.ok(String(there.body).endsWith(`<LocationConstraint ${namespace}>eu-west-1</LocationConstraint>`));
  assert.ok(String(first.body).endsWith(`<LocationConstraint ${namespace}></LocationConstraint>`));
});

test("an object goes out with its headers, in part with another status", async () => {
  const Body = Buffer.from("hello");
  const whole = await encode("s3", "GetObject", {
    Body,
    ETag: '"e"',
    LastModified: new Date(0),
    Metadata: { Colour: "blue" },
  });
  assert.equal(whole.status, 200);
  assert.equal(whole.body, Body);
  assert.equal(whole.headers["last-modified"], "Thu, 01 Jan 1970 00:00:00 GMT");
  assert.equal(whole.headers["x-amz-meta-colour"], "blue");
  assert.equal(whole.headers["content-type"], "binary/octet-stream");
  assert.equal((await encode("s3", "GetObject", { Body, ContentRange: "bytes 0-4/9" })).status, 206);
});

test("nothing in an object's metadata makes a header of its own", async () => {
  const { headers } = await encode("s3", "HeadObject", {
    Metadata: { a: "x\r\nset-cookie: y" },
    ContentType: "text/ü\u0000",
  });
  for (const value of Object.values(headers)) assert.doesNotMatch(value, /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/);
  assert.equal(headers["x-amz-meta-a"], "x  set-cookie: y");
});

test("received messages are taken by the SDK with their sums", async () => {
  const Body = "hello <ü>";
  const Messages = [
    {
      MessageId: "1",
      ReceiptHandle: "r",
      Body,
      MD5OfBody: createHash("md5").update(Body).digest("hex"),
      Attributes: { SentTimestamp: "1" },
      MessageAttributes: { a: { DataType: "Binary", BinaryValue: new Uint8Array([1, 255]) } },
    },
  ];
  const traffic = await sdkTraffic("sqs");
  const read = await traffic.readAnswer(
    "ReceiveMessage",
    { QueueUrl: "q" },
    await encode("sqs", "ReceiveMessage", { Messages }),
  );
  assert.deepEqual(plain(read), plain({ Messages }));
});

test("SQS's older protocol has its lists and maps flat", async () => {
  const sqs = await loadOperations("sqs");
  const operation = sqs.older?.get("ReceiveMessage");
  assert.ok(operation);
  const output = {
    Messages: [
      {
        MessageId: "1",
        Body: "<a>",
        Attributes: { SenderId: "s" },
        MessageAttributes: { b: { DataType: "String", StringValue: "v" } },
      },
      { MessageId: "2" },
    ],
  };
  const { status, headers, body } = encodeResponse(operation, output, { requestId: "request-1" });
  assert.equal(
    body,
    '<ReceiveMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ReceiveMessageResult>' +
      "<Message><MessageId>1</MessageId><Body>&lt;a&gt;</Body><Attribute><Name>SenderId</Name><Value>s</Value></Attribute>" +
      "<MessageAttribute><Name>b</Name><Value><DataType>String</DataType><StringValue>v</StringValue></Value></MessageAttribute></Message>" +
      "<Message><MessageId>2</MessageId></Message></ReceiveMessageResult>" +
      "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></ReceiveMessageResponse>",
  );
  assert.deepEqual(plain(decodeResponse(operation, { status, headers, body: Buffer.from(body) })), plain(output));
});

test("a key of a map that is called like a prototype is only a key", async () => {
  const Attributes = JSON.parse('{"__proto__":"x","constructor":"y"}') as object;
  const { body } = await encode("sqs", "GetQueueAttributes", { Attributes });
  assert.equal(body, '{"Attributes":{"__proto__":"x","constructor":"y"}}');
});
