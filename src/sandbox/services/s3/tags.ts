import { AwsError } from "../../../aws/index.ts";
import { type Tags } from "./bucket.ts";
import { invalidTag } from "./errors.ts";

interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Checks tags: 10 of an object, 50 of a bucket. S3 User Guide, 'Categorizing your objects using tags'. */
export function readTags(given: readonly GivenTag[], countMax: number): Tags {
  if (given.length > countMax) {
    throw countMax === 10
      ? badRequest("Object tags cannot be greater than 10")
      : badRequest(`Bucket tag count cannot be greater than ${countMax}`);
  }
  const tags = given.map(({ Key: key = "", Value: value = "" }) => {
    if (key === "" || key.length > 128 || !allowed.test(key))
      throw invalidTag("The TagKey you have provided is invalid");
    if (value.length > 256 || !allowed.test(value)) throw invalidTag("The TagValue you have provided is invalid");
    if (key.startsWith("aws:")) throw invalidTag("System tags cannot be added/updated by requester");
    return { Key: key, Value: value };
  });
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw invalidTag("Cannot provide multiple Tags with the same key");
  }
  return tags;
}

/** The tags of an object as the header `x-amz-tagging` has them: like a query. */
export function readTaggingHeader(text: string): Tags {
  const parameters = new URLSearchParams(text);
  if (parameters.size > 50) throw badRequest("Object tags cannot be greater than 10");
  return readTags(
    [...parameters].map(([Key, Value]) => ({ Key, Value })),
    10,
  );
}

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function badRequest(message: string): AwsError {
  return new AwsError("BadRequest", message, 400);
}
