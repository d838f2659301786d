import { AwsError } from "../../../aws/index.ts";

// Codes, sentences and statuses as in the S3 API Reference, 'Error responses', 'List of error codes', where not said
// otherwise beside them.

export function noSuchBucket(bucket: string): AwsError {
  return new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: bucket });
}

export function noSuchKey(key: string): AwsError {
  return new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: key });
}

export function noSuchVersion(key: string, versionId: string): AwsError {
  return new AwsError("NoSuchVersion", "The specified version does not exist.", 404, {
    Key: key,
    VersionId: versionId,
  });
}

export function noSuchUpload(uploadId: string): AwsError {
  return new AwsError(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    404,
    { UploadId: uploadId },
  );
}

export function accessDenied(message = "Access Denied"): AwsError {
  return new AwsError("AccessDenied", message, 403);
}

export function invalidArgument(message: string, name: string, value: string): AwsError {
  return new AwsError("InvalidArgument", message, 400, { ArgumentName: name, ArgumentValue: value });
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequest", message, 400);
}

export function malformedXml(): AwsError {
  return new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
    400,
  );
}

export function invalidTag(message: string): AwsError {
  return new AwsError("InvalidTag", message, 400);
}

/** What AWS does and the sandbox does not: said, never passed over. */
export function notImplemented(what: string): AwsError {
  return new AwsError(
    "NotImplemented",
    `A header you provided implies functionality that is not implemented: ${what}`,
    501,
  );
}

export function preconditionFailed(condition: string): AwsError {
  return new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, {
    Condition: condition,
  });
}

export function methodNotAllowed(message = "The specified method is not allowed against this resource."): AwsError {
  return new AwsError("MethodNotAllowed", message, 405);
}

/** A client that signs for another region than the bucket's is told the right one. */
export function wrongRegion(asked: string, region: string): AwsError {
  return new AwsError(
    "AuthorizationHeaderMalformed",
    `The authorization header is malformed; the region '${asked}' is wrong; expecting '${region}'`,
    400,
    { Region: region },
  );
}
