import { notAuthorized, queue, role, said, testCases, user } from "./told-cases.fixture.ts";

// Texts as AWS's pages print them: IAM User Guide, "Troubleshoot access denied error messages"; S3 API Reference, "Error responses"; SQS
// API Reference, "Common errors".
testCases([
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
]);
