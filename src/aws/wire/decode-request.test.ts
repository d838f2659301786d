import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsError } from "../aws-error.ts";
import { type WireRequest } from "../message.ts";
import { type ServiceName } from "../models.ts";
import { loadOperations } from "../operations/load-operations.ts";
import { nameOperation } from "../operations/name-operation.ts";
import { readParameters } from "../operations/query-parameters.ts";
import { decodeRequest } from "./decode-request.ts";
import { plain } from "./values.fixture.ts";

/** Names and decodes a request as the front does. */
async function decode(
  service: ServiceName,
  [method, target]: readonly [method: string, target: string],
  headers: Record<string, string> = {},
  body = "",
): Promise<object> {
  const [path = "/", query = ""] = target.split("?");
  const request: WireRequest = { method, path, query, headers: { host: "127.0.0.1:4566", ...headers } };
  const isForm = body.startsWith("Action=");
  const parameters = [...readParameters(query), ...(isForm ? readParameters(body) : [])];
  const named = nameOperation(await loadOperations(service), request, parameters);
  assert.ok(named);
  return decodeRequest(named, request, parameters, Buffer.from(body));
}

const post = ["POST", "/"] as const;
const trail = { "x-amz-target": "CloudTrail_20131101.CreateTrail" };

function refused(code: string): (error: unknown) => boolean {
  return (error) => error instanceof AwsError && error.code === code && error.status === 400;
}

for (const [what, body] of [
  ["no JSON", "{"],
  ["a list", "[]"],
  ["a text", '"x"'],
  ["a number where a text stands", '{"Name":1}'],
  ["a text where a flag stands", '{"IsMultiRegionTrail":"true"}'],
  ["an object where a list stands", '{"TagsList":{}}'],
  ["a text where an object stands in a list", '{"TagsList":["x"]}'],
] as const)
  test(`JSON that is ${what} is a SerializationException`, async () => {
    await assert.rejects(decode("cloudtrail", post, trail, body), refused("SerializationException"));
  });

test("members that are not known are passed over, and nothing reaches a prototype", async () => {
  const input = await decode("cloudtrail", post, trail, '{"Name":"t","__proto__":{"x":1},"constructor":1,"Other":2}');
  assert.deepEqual(Object.keys(input), ["Name"]);
  const tags = { "x-amz-target": "AmazonSQS.TagQueue" };
  const queue = (await decode("sqs", post, tags, '{"Tags":{"__proto__":"x","toString":"y"}}')) as { Tags: object };
  assert.deepEqual(Object.entries(queue.Tags), [
    ["__proto__", "x"],
    ["toString", "y"],
  ]);
  assert.equal(Object.getPrototypeOf(queue.Tags), null);
});

test("JSON is not read deeper than any of AWS's shapes goes", async () => {
  const attributes = (depth: number): string => (depth === 0 ? "{}" : `{"M":{"a":${attributes(depth - 1)}}}`);
  const text = `{"Name":"t","Unknown":${attributes(5000)}}`;
  assert.deepEqual(await decode("cloudtrail", post, trail, text), { Name: "t" });
});

test("dates in JSON are seconds since 1970, or text", async () => {
  const headers = { "x-amz-target": "CloudTrail_20131101.LookupEvents" };
  const [seconds, text] = [1_600_000_000.5, '"2020-09-13T12:26:40.500Z"'];
  const expected = { StartTime: new Date(1_600_000_000_500) };
  assert.deepEqual(await decode("cloudtrail", post, headers, `{"StartTime":${seconds}}`), expected);
  assert.deepEqual(await decode("cloudtrail", post, headers, `{"StartTime":${text}}`), expected);
  await assert.rejects(decode("cloudtrail", post, headers, '{"StartTime":"soon"}'), refused("SerializationException"));
});

test("a form's lists, maps and structures are read by their numbers, in the order of those", async () => {
  const body =
    "Action=CreateUser&Version=2010-05-08&UserName=a%20b+c&Tags.member.10.Key=k10&Tags.member.10.Value=&Tags.member.2.Key=k2";
  assert.deepEqual(await decode("iam", post, {}, body), {
    UserName: "a b c",
    Tags: [{ Key: "k2" }, { Key: "k10", Value: "" }],
  });
  const attributes = "Action=CreateTopic&Name=t&Attributes.entry.1.key=Policy&Attributes.entry.1.value=%7B%7D";
  assert.deepEqual(
    plain(await decode("sns", post, {}, attributes)),
    plain({ Name: "t", Attributes: { Policy: "{}" } }),
  );
  const filters =
    "Action=DescribeInstances&Filter.1.Name=n&Filter.1.Value.1=a&Filter.1.Value.2=b&InstanceId.1=i-1&DryRun=true";
  assert.deepEqual(await decode("ec2", post, {}, filters), {
    InstanceIds: ["i-1"],
    DryRun: true,
    Filters: [{ Name: "n", Values: ["a", "b"] }],
  });
});

for (const [what, body] of [
  ["a text that is no number", "Action=ListUsers&MaxItems=many"],
  ["a text where a list stands", "Action=CreateUser&Tags=x"],
  ["a list without numbers", "Action=CreateUser&Tags.member.first.Key=x"],
  ["parts where a text stands", "Action=CreateUser&UserName.a=x"],
  ["a name with too many parts", `Action=CreateUser&${"a.".repeat(40)}=x`],
] as const)
  test(`a form with ${what} is an InvalidParameterValue`, async () => {
    await assert.rejects(decode("iam", post, {}, body), refused("InvalidParameterValue"));
  });

test("a form has no more parameters than anybody needs", () => {
  assert.throws(() => readParameters("a=1&".repeat(10_001)), RangeError);
});

test("SQS's older protocol is read, flat lists, maps and the queue's address", async () => {
  // As the AWS CLI 2.9 sends them.
  const send =
    "Action=SendMessage&Version=2012-11-05&MessageBody=hi&DelaySeconds=0&MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=x";
  assert.deepEqual(
    plain(await decode("sqs", ["POST", "/111122223333/queue"], {}, send)),
    plain({
      QueueUrl: "http://127.0.0.1:4566/111122223333/queue",
      MessageBody: "hi",
      DelaySeconds: 0,
      MessageAttributes: { a: { DataType: "String", StringValue: "x" } },
    }),
  );
  const create =
    "Action=CreateQueue&QueueName=q&Attribute.1.Name=Policy&Attribute.1.Value=%7B%7D&Tag.1.Key=k&Tag.1.Value=v";
  assert.deepEqual(
    plain(await decode("sqs", post, {}, create)),
    plain({ QueueName: "q", Attributes: { Policy: "{}" }, tags: { k: "v" } }),
  );
  const batch =
    "Action=DeleteMessageBatch&QueueUrl=u&DeleteMessageBatchRequestEntry.1.Id=a&DeleteMessageBatchRequestEntry.1.ReceiptHandle=r";
  assert.deepEqual(await decode("sqs", post, {}, batch), { QueueUrl: "u", Entries: [{ Id: "a", ReceiptHandle: "r" }] });
  const receive =
    "Action=ReceiveMessage&QueueUrl=u&AttributeName.1=All&MessageAttributeName.1=a&MaxNumberOfMessages=10";
  assert.deepEqual(await decode("sqs", post, {}, receive), {
    QueueUrl: "u",
    AttributeNames: ["All"],
    MessageAttributeNames: ["a"],
    MaxNumberOfMessages: 10,
  });
  // SQS Developer Guide's older pages write one attribute without a number.
  const set = "Action=SetQueueAttributes&QueueUrl=u&Attribute.Name=DelaySeconds&Attribute.Value=5";
  assert.deepEqual(
    plain(await decode("sqs", post, {}, set)),
    plain({ QueueUrl: "u", Attributes: { DelaySeconds: "5" } }),
  );
});

const tagging = (content: string) => decode("s3", ["PUT", "/bucket?tagging"], {}, content);

test("S3's documents are read with or without their namespace", async () => {
  const expected = { Bucket: "bucket", Tagging: { TagSet: [{ Key: "a", Value: "<ü> " }] } };
  const tags = "<TagSet><Tag><Key>a</Key><Value>&lt;&#xFC;&gt; </Value></Tag></TagSet>";
  assert.deepEqual(await tagging(`<Tagging>${tags}</Tagging>`), expected);
  assert.deepEqual(
    await tagging(
      `<?xml version="1.0"?>\n<!-- x --><Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n ${tags}\n</Tagging>\n`,
    ),
    expected,
  );
  assert.deepEqual(
    await tagging(`<s:Tagging xmlns:s="x">${tags.replaceAll(/<(\/?)(?=[A-Z])/g, "<$1s:")}</s:Tagging>`),
    expected,
  );
  assert.deepEqual(await tagging("<Tagging><TagSet><Tag><Key><![CDATA[<b>]]></Key></Tag></TagSet></Tagging>"), {
    Bucket: "bucket",
    Tagging: { TagSet: [{ Key: "<b>" }] },
  });
});

// S3 "Error responses", MalformedXML.
for (const [what, content] of [
  ["does not end", "<Tagging><TagSet>"],
  ["is another", "<Policy/>"],
  ["is text", "tags"],
  ["has tags that cross", "<Tagging><TagSet></Tagging></TagSet>"],
  ["has a type", '<!DOCTYPE Tagging [<!ENTITY a "b">]><Tagging>&a;</Tagging>'],
  ["names an entity that XML does not have", "<Tagging><TagSet><Tag><Key>&nbsp;</Key></Tag></TagSet></Tagging>"],
  ["goes too deep", `<Tagging>${"<a>".repeat(100_000)}`],
  ["has text for elements", "<Tagging>x</Tagging>"],
  ["has two roots", "<Tagging/><Tagging/>"],
  ["has elements for text", "<Tagging><TagSet><Tag><Key><b/></Key></Tag></TagSet></Tagging>"],
] as const)
  test(`a document that ${what} is MalformedXML`, async () => {
    await assert.rejects(tagging(content), refused("MalformedXML"));
  });

test("headers, prefixed headers, query and path come together in S3's input", async () => {
  const headers = {
    "content-type": "text/plain",
    "x-amz-meta-colour": "blue",
    "x-amz-object-lock-retain-until-date": "2030-01-02T03:04:05Z",
    "x-amz-server-side-encryption-bucket-key-enabled": "true",
    "content-length": "0",
  };
  assert.deepEqual(
    plain(await decode("s3", ["PUT", "/bucket/a%20b/c%2Fd"], headers)),
    plain({
      Bucket: "bucket",
      Key: "a b/c/d",
      ContentType: "text/plain",
      ContentLength: 0,
      Metadata: { colour: "blue" },
      ObjectLockRetainUntilDate: new Date("2030-01-02T03:04:05Z"),
      BucketKeyEnabled: true,
    }),
  );
  assert.deepEqual(await decode("s3", ["GET", "/bucket?list-type=2&max-keys=5&prefix=a%2Fb&encoding-type=url"]), {
    Bucket: "bucket",
    MaxKeys: 5,
    Prefix: "a/b",
    EncodingType: "url",
  });
  await assert.rejects(decode("s3", ["GET", "/bucket?list-type=2&max-keys=lots"]), refused("InvalidArgument"));
  await assert.rejects(
    decode("s3", ["GET", "/bucket/key"], { "if-modified-since": "soon" }),
    refused("InvalidArgument"),
  );
});

test("a policy is passed on as the text that it is", async () => {
  const input = await decode("s3", ["PUT", "/bucket?policy"], {}, '{ "Version": 1 }');
  assert.deepEqual(input, { Bucket: "bucket", Policy: '{ "Version": 1 }' });
});
