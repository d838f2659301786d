import { key, notAuthorized, object, ofObject, said, session, testCases, user } from "./told-cases.fixture.ts";

// Texts as AWS's pages print them: IAM User Guide, "Troubleshoot access denied error messages"; KMS Developer Guide, "Key states of AWS KMS
// keys".
testCases([
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
]);
