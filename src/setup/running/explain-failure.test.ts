import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../errors.ts";
import { explainFailure } from "./explain-failure.ts";
import { refusal } from "./small-account.fixture.ts";

const title = "the policy of the bucket logs";
const explain = (error: unknown) => explainFailure(error, { doing: "Setting", title });

test("a permission that is missing is named as IAM names it", () => {
  const cases = [
    ["s3", "PutBucketPolicy", "s3:PutBucketPolicy"],
    ["s3", "PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock"],
    ["s3", "DeleteBucketEncryption", "s3:PutEncryptionConfiguration"],
    ["s3", "ListObjectVersions", "s3:ListBucketVersions"],
    ["s3", "HeadBucket", "s3:ListBucket"],
    ["cloudtrail", "StartLogging", "cloudtrail:StartLogging"],
  ] as const;
  for (const [service, operation, action] of cases) {
    assert.equal(
      explain(refusal("AccessDenied", service, operation)),
      `Setting the policy of the bucket logs: ${action} is not allowed (AccessDenied: AccessDenied was said). Allow it to the role that Trailwarden uses, then go on`,
    );
  }
  for (const code of ["AccessDeniedException", "AuthorizationError"]) {
    assert.match(explain(refusal(code, "sns", "Subscribe")), /: sns:Subscribe is not allowed \(/);
  }
});

test("what AWS says is missing goes before what the operation would take", () => {
  const error = refusal("AccessDenied", "cloudtrail", "CreateTrail");
  error.message =
    "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: iam:PassRole on resource: x because no identity-based policy allows it.";
  assert.match(explain(error), /: iam:PassRole is not allowed \(AccessDenied: User: .* allows it\)\. Allow/);
});

test("throttling, credentials and names that rest are told with what helps", () => {
  assert.match(explain(refusal("SlowDown")), /takes no more calls of s3 PutBucketPolicy .*Go on in a minute$/);
  assert.match(explain(refusal("RequestThrottled", "sqs", "CreateQueue")), /Go on in a minute$/);
  assert.match(explain(refusal("ExpiredToken")), /See to the credentials, then go on$/);
  assert.match(explain(refusal("AWS.SimpleQueueService.QueueDeletedRecently")), /60 seconds .* Go on in a minute$/);
  assert.match(
    explain(refusal("MalformedPolicy")),
    /AWS refused s3 PutBucketPolicy \(MalformedPolicy: .*undo the run$/,
  );
});

test("what is no answer of AWS's is told as it is, and errors of ours with their help", () => {
  assert.match(explain(new Error("getaddrinfo ENOTFOUND")), /AWS did not answer: getaddrinfo ENOTFOUND\. See that AWS/);
  assert.match(explain("odd"), /AWS did not answer: odd\./);
  const ours = new SetupError("It stays", { code: "setting-stays", fault: "user", help: "Leave it" });
  assert.equal(explain(ours), "Setting the policy of the bucket logs: It stays. Leave it");
});

test("long words of AWS's are cut, and stay on one line", () => {
  const error = refusal("MalformedPolicy");
  error.message = `line\nline ${"x".repeat(5_000)}`;
  const told = explain(error);
  assert.ok(told.length < 700 && !told.includes("\n"));
});
