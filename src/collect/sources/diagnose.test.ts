import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsCallError } from "../../aws/index.ts";
import { FetchError } from "../fetch/fetch-error.ts";
import { diagnose } from "./diagnose.ts";
import type { FindingCode } from "./findings.ts";

const queue = "the queue https://sqs.eu-central-1.amazonaws.com/111122223333/trailwarden";
const object = "s3://logs/AWSLogs/111122223333/CloudTrail/eu-central-1/1.json.gz";
const about = { what: queue, region: "eu-central-1" };
const ofObject = { what: object, region: "eu-central-1" };
const user = "arn:aws:iam::111122223333:user/reader";
const session = "arn:aws:sts::111122223333:assumed-role/reader/trailwarden";
const role = "arn:aws:iam::444455556666:role/trailwarden";
const key = "arn:aws:kms:eu-central-1:444455556666:key/1111";
const notAuthorized = (who: string, action: string, resource: string) =>
  `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;

function said(
  call: string,
  code: string,
  message: string,
  { status = 400, members = {} }: { readonly status?: number; readonly members?: Record<string, string> } = {},
): AwsCallError {
  const [service = "", operation = ""] = call.split(":");
  return AwsCallError.of({ service, operation }, { code, message, status, members });
}

function ofNode(code: string, more: object = {}): Error {
  return Object.assign(new Error(`connect ${code}`), { code, ...more });
}

interface Case {
  readonly what: string;
  readonly error: unknown;
  readonly code: FindingCode;
  readonly sentence: string | RegExp;
  readonly help?: RegExp;
  readonly about?: { readonly what: string; readonly region?: string; readonly now?: number };
}

// Texts as AWS's pages print them: IAM User Guide, "Troubleshoot access denied error messages"; S3 API Reference, "Error
// responses"; SQS API Reference, "Common errors"; KMS Developer Guide, "Key states of AWS KMS keys".
const cases: readonly Case[] = [
  {
    what: "a right that is missing",
    error: said(
      "sqs:ReceiveMessage",
      "AccessDenied",
      `${notAuthorized(session, "sqs:receivemessage", "arn:aws:sqs:eu-central-1:111122223333:trailwarden")} because no identity-based policy allows the sqs:receivemessage action`,
    ),
    code: "right-missing",
    sentence: `The queue https://sqs.eu-central-1.amazonaws.com/111122223333/trailwarden may not be used: ${session} lacks the right sqs:receivemessage`,
    help: /^Add to a policy of the role reader: \{"Effect":"Allow","Action":"sqs:receivemessage","Resource":"arn:aws:sqs:eu-central-1:111122223333:trailwarden"\}$/,
  },
  {
    what: "a right that is missing, in few words",
    error: said("s3:GetObject", "AccessDenied", "Access Denied", { status: 403 }),
    about: ofObject,
    code: "right-missing",
    sentence: `${object} may not be used: the source's role or user lacks the right s3:GetObject`,
    help: /"Resource":"arn:aws:s3:::logs\/\*"\}; S3 says the same of objects that are not there/,
  },
  {
    what: "a bucket that may not be listed",
    error: said("s3:ListObjectsV2", "AccessDenied", "Access Denied", { status: 403 }),
    about: { what: "the bucket logs", region: "cn-north-1" },
    code: "right-missing",
    sentence: /lacks the right s3:ListBucket$/,
    help: /"Resource":"arn:aws-cn:s3:::logs"\}$/,
  },
  {
    what: "a queue that may not be read, in few words",
    error: said("sqs:DeleteMessageBatch", "AccessDeniedException", "Access to the resource is denied.", {
      status: 403,
    }),
    code: "right-missing",
    sentence: /lacks the right sqs:DeleteMessage$/,
    help: /"Resource":"arn:aws:sqs:eu-central-1:111122223333:trailwarden"/,
  },
  {
    what: "a denial by the organization",
    error: said(
      "sqs:ReceiveMessage",
      "AccessDenied",
      `${notAuthorized(user, "sqs:ReceiveMessage", "arn:aws:sqs:eu-central-1:111122223333:trailwarden")} with an explicit deny in a service control policy`,
    ),
    code: "right-missing",
    sentence: /is denied the right sqs:ReceiveMessage by a service control policy$/,
    help: /^Take the denial of sqs:ReceiveMessage out of the service control policy, or except the user reader$/,
  },
  {
    what: "a VPC endpoint that lets nobody through",
    error: said(
      "s3:GetObject",
      "AccessDenied",
      `${notAuthorized(user, "s3:GetObject", '"arn:aws:s3:::logs/AWSLogs/1.json.gz"')} because no VPC endpoint policy allows the s3:GetObject action`,
    ),
    about: ofObject,
    code: "right-missing",
    sentence: /lacks the right s3:GetObject$/,
    help: /^Add to the VPC endpoint policy: .*"arn:aws:s3:::logs\/\*"/,
  },
  {
    what: "a role that is refused",
    error: said("sts:AssumeRole", "AccessDenied", notAuthorized(user, "sts:AssumeRole", role), { status: 403 }),
    code: "role-refused",
    sentence: `The role ${role} cannot be taken on by ${user}: its trust policy names somebody else, or the external ID is another`,
    help: /sts:ExternalId is the external ID of this source/,
  },
  {
    what: "no credentials",
    error: Object.assign(new Error("Could not load credentials from any providers"), {
      name: "CredentialsProviderError",
    }),
    code: "credentials-missing",
    sentence: "No AWS credentials are to be found on this machine",
  },
  {
    what: "an unknown key",
    error: said("sqs:ReceiveMessage", "InvalidClientTokenId", "The security token included in the request is invalid."),
    code: "credentials-invalid",
    sentence: "AWS does not know the credentials",
  },
  {
    what: "a region that may not be enabled",
    error: said(
      "sts:AssumeRole",
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    ),
    about: { what: queue, region: "me-central-1" },
    code: "credentials-invalid",
    sentence: "AWS does not know the credentials, or the region me-central-1 is not enabled for their account",
  },
  {
    what: "a region that is not enabled",
    error: said("sts:AssumeRole", "RegionDisabledException", "STS is not activated in this region", { status: 403 }),
    code: "wrong-region",
    sentence: "The region eu-central-1 is not enabled for this account",
  },
  {
    what: "credentials that have expired",
    error: said("s3:GetObject", "ExpiredToken", "The provided token has expired."),
    code: "credentials-invalid",
    sentence: "The AWS credentials have expired",
  },
  {
    what: "a secret that is another key's",
    error: said("sqs:ReceiveMessage", "SignatureDoesNotMatch", "The request signature we calculated does not match", {
      status: 403,
    }),
    code: "credentials-invalid",
    sentence: "The secret does not belong to the access key",
  },
  {
    what: "a queue asked for in the wrong region",
    error: said(
      "sqs:ReceiveMessage",
      "InvalidSignatureException",
      "Credential should be scoped to a valid region, not 'us-east-1'.",
    ),
    code: "wrong-region",
    sentence: /trailwarden is not in us-east-1$/,
  },
  {
    what: "a clock that is behind",
    error: said(
      "sqs:ReceiveMessage",
      "SignatureDoesNotMatch",
      "Signature expired: 20261121T070000Z is now earlier than 20261121T071500Z (20261121T073000Z - 15 min.)",
    ),
    code: "clock-wrong",
    sentence: "The clock of this machine is 30 minutes behind AWS's",
  },
  {
    what: "a clock that is ahead",
    error: said(
      "sts:AssumeRole",
      "SignatureDoesNotMatch",
      "Signature not yet current: 20261121T120000Z is still later than 20261121T074500Z (20261121T073000Z + 15 min.)",
    ),
    code: "clock-wrong",
    sentence: "The clock of this machine is 5 hours ahead of AWS's",
  },
  {
    what: "a clock that S3 finds too far off",
    error: said(
      "s3:GetObject",
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      {
        status: 403,
        members: { RequestTime: "20261118T073000Z", ServerTime: "2026-11-21T07:30:00Z" },
      },
    ),
    code: "clock-wrong",
    sentence: "The clock of this machine is 3 days behind AWS's",
  },
  {
    what: "a clock by the answer's date",
    error: said("s3:ListObjectsV2", "RequestTimeTooSkewed", "…", {
      members: { ServerDate: "Sat, 21 Nov 2026 07:30:00 GMT" },
    }),
    about: { what: "the bucket logs", now: Date.parse("2026-11-21T07:10:00Z") },
    code: "clock-wrong",
    sentence: "The clock of this machine is 20 minutes behind AWS's",
  },
  {
    what: "a clock of which nothing is known",
    error: said("s3:ListObjectsV2", "RequestTimeTooSkewed", "…"),
    code: "clock-wrong",
    sentence: "The clock of this machine differs from AWS's by more than AWS accepts",
  },
  {
    what: "a queue that is not there",
    error: said("sqs:ReceiveMessage", "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."),
    code: "queue-missing",
    sentence: /trailwarden does not exist in eu-central-1$/,
  },
  {
    what: "a queue that is in another region by its URL",
    error: said("sqs:ReceiveMessage", "QueueDoesNotExist", "The specified queue does not exist."),
    about: { what: queue, region: "eu-west-1" },
    code: "queue-missing",
    sentence: /is not in eu-west-1, by its URL it is in eu-central-1$/,
    help: /^Give the source the region eu-central-1/,
  },
  {
    what: "a bucket that is not there",
    error: said("s3:ListObjectsV2", "NoSuchBucket", "The specified bucket does not exist", { status: 404 }),
    about: { what: "the bucket logs" },
    code: "bucket-missing",
    sentence: "The bucket logs cannot be used: there is no such bucket",
  },
  {
    what: "a bucket in another region",
    error: said(
      "s3:ListObjectsV2",
      "PermanentRedirect",
      "The bucket you are attempting to access must be addressed using the specified endpoint.",
      {
        status: 301,
        members: { Region: "eu-west-1" },
      },
    ),
    about: { what: "the bucket logs", region: "eu-central-1" },
    code: "wrong-region",
    sentence: "The bucket logs is in eu-west-1, not in eu-central-1",
    help: /^Give the source the region eu-west-1$/,
  },
  {
    what: "a key's policy that says nothing of us",
    error: said(
      "s3:GetObject",
      "AccessDenied",
      `${notAuthorized(session, "kms:Decrypt", key)} because no resource-based policy allows the kms:Decrypt action`,
      { status: 403 },
    ),
    about: ofObject,
    code: "key-refused",
    sentence: `The KMS key ${key} that ${object} is encrypted with may not be used to decrypt: ${session} lacks the right kms:Decrypt`,
    help: /key's policy/,
  },
  {
    what: "a key of which KMS does not tell",
    error: said(
      "s3:GetObject",
      "AccessDenied",
      `User: ${session} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
      { status: 403 },
    ),
    about: ofObject,
    code: "key-refused",
    sentence: /^The KMS key that s3:.* lacks the right kms:Decrypt$/,
  },
  {
    what: "a queue's key",
    error: said(
      "sqs:ReceiveMessage",
      "KMS.AccessDeniedException",
      "The ciphertext refers to a customer master key that does not exist",
    ),
    code: "key-refused",
    sentence: /^The KMS key that the queue/,
  },
  {
    what: "a key that is disabled",
    error: said("s3:GetObject", "KMS.DisabledException", `${key} is disabled.`),
    about: ofObject,
    code: "key-disabled",
    sentence: /is disabled, deleted or waits for its deletion$/,
  },
  {
    what: "a key that waits for its deletion",
    error: said("s3:GetObject", "KMS.KMSInvalidStateException", `${key} is pending deletion.`),
    about: ofObject,
    code: "key-disabled",
    sentence: /waits for its deletion$/,
  },
  {
    what: "a key that is gone",
    error: said("s3:GetObject", "KMS.NotFoundException", `Key '${key}' does not exist`),
    about: ofObject,
    code: "key-disabled",
    sentence: /is disabled, deleted/,
  },
  {
    what: "KMS that is busy",
    error: said("s3:GetObject", "KMS.ThrottlingException", "You have exceeded the rate at which you may call KMS."),
    about: ofObject,
    code: "throttled",
    sentence: "AWS asks to go slower",
  },
  {
    what: "S3 that is busy",
    error: said("s3:GetObject", "SlowDown", "Please reduce your request rate.", { status: 503 }),
    code: "throttled",
    sentence: "AWS asks to go slower",
  },
  {
    what: "an object that is not there",
    error: said("s3:GetObject", "NoSuchKey", "The specified key does not exist.", { status: 404 }),
    about: ofObject,
    code: "object-missing",
    sentence: `${object} is not there`,
  },
  {
    what: "an object in an archive",
    error: said("s3:GetObject", "InvalidObjectState", "The operation is not valid for the object's storage class", {
      status: 403,
    }),
    about: ofObject,
    code: "object-archived",
    sentence: `${object} is archived, and cannot be read before it is restored`,
  },
  {
    what: "an object larger than any log file",
    error: new FetchError(`${object} has 999 bytes`, { code: "object-too-large" }),
    about: ofObject,
    code: "object-too-large",
    sentence: `${object} has 999 bytes`,
  },
  {
    what: "an object that was cut off",
    error: new FetchError("Of s3://… came 3 bytes instead of 5", { code: "object-cut-off" }),
    about: ofObject,
    code: "unreachable",
    sentence: `${object} cannot be reached`,
  },
  {
    what: "a name that nobody knows",
    error: ofNode("ENOTFOUND", { hostname: "sqs.eu-central-9.amazonaws.com" }),
    code: "unreachable",
    sentence: /the name sqs\.eu-central-9\.amazonaws\.com is not known \(ENOTFOUND\)$/,
    help: /region/,
  },
  {
    what: "nobody who answers at several addresses",
    error: new AggregateError([ofNode("ECONNREFUSED", { address: "::1" }), ofNode("ECONNREFUSED")]),
    code: "unreachable",
    sentence: /cannot be reached at ::1 \(ECONNREFUSED\)$/,
  },
  {
    what: "a proxy that opens connections",
    error: ofNode("SELF_SIGNED_CERT_IN_CHAIN"),
    code: "unreachable",
    sentence: /the certificate at the other end is not trusted/,
    help: /NODE_EXTRA_CA_CERTS/,
  },
  {
    what: "an answer that takes too long",
    error: Object.assign(new Error("Connection timed out after 5000 ms"), { name: "TimeoutError" }),
    code: "unreachable",
    sentence: /cannot be reached$/,
  },
  {
    what: "AWS that is broken",
    error: said("sqs:ReceiveMessage", "InternalError", "We encountered an internal error.", { status: 500 }),
    code: "unreachable",
    sentence: /cannot be reached$/,
    help: /wrong at AWS/,
  },
  { what: "a full disk", error: ofNode("ENOSPC"), code: "store-full", sentence: "The disk of the data folder is full" },
  {
    what: "a folder that is not there",
    error: ofNode("ENOENT"),
    about: { what: "the folder /var/log/trail" },
    code: "folder-missing",
    sentence: "The folder /var/log/trail cannot be read (ENOENT)",
  },
  {
    what: "an answer that is new",
    error: said("sqs:ReceiveMessage", "BrandNewException", "Something new", { status: 418 }),
    code: "unknown",
    sentence: /trailwarden cannot be used: Something new$/,
  },
  { what: "something that is no error", error: "odd", code: "unknown", sentence: /cannot be used: odd$/ },
];

for (const { what, error, code, sentence, help, about: of = about } of cases)
  test(`${what} has its own sentence`, () => {
    const finding = diagnose(error, of);
    assert.equal(finding.code, code);
    assert.equal(finding.isGood, false);
    if (typeof sentence === "string") assert.equal(finding.sentence, sentence);
    else assert.match(finding.sentence, sentence);
    assert.match(finding.help ?? "", help ?? /./);
    assert.doesNotMatch(`${finding.sentence} ${finding.help}`, /undefined|\.$/);
    assert.ok((finding.cause ?? "").length > 0);
  });

test("what AWS says at any length stays short", () => {
  const finding = diagnose(said("sqs:ReceiveMessage", "New", "x".repeat(100_000)), about);
  assert.ok(JSON.stringify(finding).length < 2_000);
});

test("the clock is measured by the SDK's answer too", () => {
  const cause = Object.assign(new Error("…"), {
    name: "RequestTimeTooSkewed",
    $metadata: { httpStatusCode: 403 },
    $response: { headers: { date: "Sat, 21 Nov 2026 07:30:00 GMT" } },
  });
  const error = new AwsCallError({ service: "s3", operation: "ListObjectsV2" }, cause);
  const { sentence } = diagnose(error, { ...about, now: Date.parse("2026-11-21T08:30:00Z") });
  assert.equal(sentence, "The clock of this machine is 60 minutes ahead of AWS's");
});
