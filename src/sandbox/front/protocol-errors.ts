import { AwsError, type Protocol, type ServiceName } from "../../aws/index.ts";

/**
 * What AWS answers when a request is refused before any service looks at it. Codes as in each service's "Common errors",
 * EC2's "Error codes" and S3's "Error responses"; the sentences are as clients know them, not documented.
 */
export type Refusal =
  | "no-signature"
  | "broken-signature"
  | "unknown-key"
  | "wrong-token"
  | "expired-token"
  | "wrong-signature"
  | "skewed"
  | "expired-request"
  | "unknown-operation"
  | "denied"
  | "too-large"
  | "bad-request"
  | "fault";

type Family = "s3" | "ec2" | "query" | "json";

/** The words of a refusal in the protocol of the request. `why` takes the sentence's place where it says more. */
export function refusalAs(refusal: Refusal, protocol: Protocol, service?: ServiceName, why?: string): AwsError {
  const [code, status, sentence] = rows[refusal][familyOf(protocol)];
  return new AwsError(
    codeOf(refusal, code, protocol, service),
    why ?? sentence,
    statusOf(refusal, status, protocol, service),
  );
}

function familyOf(protocol: Protocol): Family {
  if (protocol === "restXml") return "s3";
  if (protocol === "ec2Query") return "ec2";
  return protocol === "awsQuery" ? "query" : "json";
}

function codeOf(refusal: Refusal, code: string, protocol: Protocol, service: ServiceName | undefined): string {
  if (refusal === "denied" && service === "sns") return "AuthorizationError";
  // SQS says in JSON what it said in its query protocol, so that older programs find the codes that they know.
  if (service === "sqs" && protocol === "awsJson1_0" && refusal === "unknown-key") return "InvalidClientTokenId";
  return code;
}

function statusOf(refusal: Refusal, status: number, protocol: Protocol, service: ServiceName | undefined): number {
  const isForbidden = refusal === "denied" && (service === "sqs" || protocol === "restJson1");
  return isForbidden ? 403 : status;
}

type Words = readonly [code: string, status: number, sentence: string];

const invalidToken = "The security token included in the request is invalid";
const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const ec2Invalid = "AWS was not able to validate the provided access credentials";

const rows: Readonly<Record<Refusal, Readonly<Record<Family, Words>>>> = {
  "no-signature": {
    s3: ["AccessDenied", 403, "Access Denied"],
    ec2: ["MissingAuthenticationToken", 403, "Request is missing Authentication Token"],
    query: ["MissingAuthenticationToken", 403, "Request is missing Authentication Token"],
    json: ["MissingAuthenticationTokenException", 400, "Missing Authentication Token"],
  },
  "broken-signature": {
    s3: ["AuthorizationHeaderMalformed", 400, "The authorization header that you provided is not valid."],
    ec2: ["AuthFailure", 401, ec2Invalid],
    query: ["IncompleteSignature", 400, "The request signature does not conform to AWS standards."],
    json: ["IncompleteSignatureException", 400, "The request signature does not conform to AWS standards."],
  },
  "unknown-key": {
    s3: ["InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."],
    ec2: ["AuthFailure", 401, ec2Invalid],
    query: ["InvalidClientTokenId", 403, `${invalidToken}.`],
    json: ["UnrecognizedClientException", 400, `${invalidToken}.`],
  },
  "wrong-token": {
    s3: ["InvalidToken", 400, "The provided token is malformed or otherwise invalid."],
    ec2: ["AuthFailure", 401, ec2Invalid],
    query: ["InvalidClientTokenId", 403, `${invalidToken}.`],
    json: ["UnrecognizedClientException", 400, `${invalidToken}.`],
  },
  "expired-token": {
    s3: ["ExpiredToken", 400, "The provided token has expired."],
    ec2: ["RequestExpired", 400, "Request has expired."],
    query: ["ExpiredToken", 403, "The security token included in the request is expired"],
    json: ["ExpiredTokenException", 400, "The security token included in the request is expired"],
  },
  "wrong-signature": {
    s3: [
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    ],
    ec2: ["AuthFailure", 401, ec2Invalid],
    query: ["SignatureDoesNotMatch", 403, mismatch],
    json: ["InvalidSignatureException", 400, mismatch],
  },
  skewed: {
    s3: ["RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large."],
    ec2: ["RequestExpired", 400, "Request has expired."],
    query: ["SignatureDoesNotMatch", 403, "Signature expired or not yet current"],
    json: ["InvalidSignatureException", 400, "Signature expired or not yet current"],
  },
  "expired-request": {
    s3: ["AccessDenied", 403, "Request has expired"],
    ec2: ["RequestExpired", 400, "Request has expired."],
    query: ["RequestExpired", 400, "Request has expired."],
    json: ["RequestExpired", 400, "Request has expired."],
  },
  "unknown-operation": {
    s3: ["NotImplemented", 501, "A header or query you provided implies functionality that is not implemented."],
    ec2: ["InvalidAction", 400, "The action is not valid for this web service."],
    query: ["InvalidAction", 400, "The action or operation requested is invalid."],
    json: ["UnknownOperationException", 400, "The requested operation is not recognized by the service."],
  },
  denied: {
    s3: ["AccessDenied", 403, "Access Denied"],
    ec2: ["UnauthorizedOperation", 403, "You are not authorized to perform this operation."],
    query: ["AccessDenied", 403, "Access Denied"],
    json: ["AccessDeniedException", 400, "You do not have sufficient access to perform this action."],
  },
  "too-large": {
    s3: ["MaxMessageLengthExceeded", 400, "Your request was too large."],
    ec2: ["RequestEntityTooLarge", 413, "The request is too large."],
    query: ["RequestEntityTooLarge", 413, "The request is too large."],
    json: ["RequestEntityTooLargeException", 413, "The request is too large."],
  },
  "bad-request": {
    s3: ["InvalidURI", 400, "Couldn't parse the specified URI."],
    ec2: ["MalformedQueryString", 400, "The query string contains a syntax error."],
    query: ["MalformedQueryString", 400, "The query string contains a syntax error."],
    json: ["SerializationException", 400, "The request cannot be read."],
  },
  fault: {
    s3: ["InternalError", 500, "We encountered an internal error. Please try again."],
    ec2: ["InternalError", 500, "An internal error has occurred."],
    query: ["InternalFailure", 500, "The request processing has failed because of an unknown error."],
    json: ["InternalFailure", 500, "The request processing has failed because of an unknown error."],
  },
};
