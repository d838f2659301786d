import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { awsCommand, quoteForShell } from "./cli-command.ts";

/** The words that bash makes of a line. */
function wordsOf(line: string): string[] {
  const script = `printf '%s\\0' ${line}`;
  return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

test("a call is printed as the CLI calls it and its parameters", () => {
  assert.equal(
    awsCommand(
      "s3",
      "PutBucketVersioning",
      { Bucket: "logs", VersioningConfiguration: { Status: "Enabled" } },
      "eu-west-1",
    ),
    `aws s3api put-bucket-versioning --bucket logs --versioning-configuration '{"Status":"Enabled"}' --region eu-west-1`,
  );
  assert.equal(
    awsCommand("cloudtrail", "CreateTrail", { S3BucketName: "logs", IsMultiRegionTrail: true, KmsKeyId: "alias/logs" }),
    "aws cloudtrail create-trail --s3-bucket-name logs --is-multi-region-trail --kms-key-id alias/logs",
  );
  assert.equal(
    awsCommand("sns", "Subscribe", { TopicArn: "arn:aws:sns:eu-west-1:111122223333:t", Endpoint: "arn:aws:sqs:x" }),
    "aws sns subscribe --topic-arn arn:aws:sns:eu-west-1:111122223333:t --notification-endpoint arn:aws:sqs:x",
  );
  assert.equal(
    awsCommand("organizations", "EnableAWSServiceAccess", { ServicePrincipal: "cloudtrail.amazonaws.com" }),
    "aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com",
  );
});

test("an address is given as it is", () => {
  const QueueUrl = "https://sqs.eu-west-1.amazonaws.com/111122223333/care";
  assert.equal(awsCommand("sqs", "DeleteQueue", { QueueUrl }), `aws sqs delete-queue --queue-url ${QueueUrl}`);
});

test("what is off, empty, a number, or not given is said so", () => {
  const parameters = { EnableLogFileValidation: false, SnsTopicName: "", MaxItems: 5, KmsKeyId: undefined };
  assert.equal(
    awsCommand("cloudtrail", "UpdateTrail", parameters),
    "aws cloudtrail update-trail --no-enable-log-file-validation --sns-topic-name '' --max-items 5",
  );
});

test("a value that looks like an option stays a value", () => {
  assert.equal(awsCommand("sqs", "CreateQueue", { QueueName: "-x" }), "aws sqs create-queue --queue-name=-x");
});

test("a value that the CLI would read a file or page for is given as input that it does not look into", () => {
  for (const SnsTopicName of ["file:///etc/passwd", "FILEB://x", "http://x.example", "a\0b"]) {
    const line = awsCommand("cloudtrail", "UpdateTrail", { Name: "t", SnsTopicName });
    const [aws, service, operation, option, json = "", ...more] = wordsOf(line);
    assert.deepEqual(
      [aws, service, operation, option, more],
      ["aws", "cloudtrail", "update-trail", "--cli-input-json", []],
    );
    assert.deepEqual(JSON.parse(json), { Name: "t", SnsTopicName });
  }
});

test("a policy comes back from a shell as it was, on one line of plain letters", () => {
  const Policy = JSON.stringify({ Sid: 'It\'s $(id) `id` "!x" \u001b[2J \u202e \n é 🦊' });
  const line = awsCommand("s3", "PutBucketPolicy", { Bucket: "logs", Policy });
  assert.match(line, /^[ -~]+$/);
  assert.equal(wordsOf(line).at(-1), Policy);
  const nested = awsCommand("sqs", "SetQueueAttributes", { QueueUrl: "x", Attributes: { Policy } });
  assert.match(nested, /^[ -~]+$/);
  assert.deepEqual(JSON.parse(wordsOf(nested).at(-1) ?? ""), { Policy });
});

test("any words come back from a shell as they were", () => {
  const word = fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replaceAll("\0", ""));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 50 }), (words) => {
      const line = words.map(quoteForShell).join(" ");
      assert.match(line, /^[ -~]*$/);
      assert.deepEqual(wordsOf(line), words);
    }),
    { numRuns: 30 },
  );
});
