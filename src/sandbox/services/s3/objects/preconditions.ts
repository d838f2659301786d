import { AwsError } from "../../../../aws/index.ts";
import { preconditionFailed } from "../errors.ts";
import { type StoredObject } from "./object-version.ts";

interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: Date | undefined;
  readonly ifUnmodifiedSince?: Date | undefined;
}

/** What a reader made conditions of. API Reference, GetObject: a matching ETag beats a date. */
export function checkReading(object: StoredObject, conditions: Conditions): void {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  if (ifMatch !== undefined && !matches(ifMatch, object.eTag)) throw preconditionFailed("If-Match");
  if (
    ifMatch === undefined &&
    ifUnmodifiedSince !== undefined &&
    seconds(object.at) > seconds(ifUnmodifiedSince.getTime())
  ) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, object.eTag)) throw notModified();
  if (
    ifNoneMatch === undefined &&
    ifModifiedSince !== undefined &&
    seconds(object.at) <= seconds(ifModifiedSince.getTime())
  ) {
    throw notModified();
  }
}

/** The same of a copy's source, where nothing is "not modified". API Reference, CopyObject. */
export function checkCopying(object: StoredObject, conditions: Conditions): void {
  try {
    checkReading(object, conditions);
  } catch (error) {
    throw error instanceof AwsError && error.status === 304
      ? preconditionFailed("x-amz-copy-source-If-None-Match")
      : error;
  }
}

/** What a writer made conditions of. S3 User Guide, 'Preventing overwrites with conditional writes'. */
export function checkWriting(
  current: StoredObject | undefined,
  key: string,
  { ifMatch, ifNoneMatch }: Pick<Conditions, "ifMatch" | "ifNoneMatch">,
): void {
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== "*") {
      throw new AwsError("NotImplemented", "A header you provided implies functionality that is not implemented", 501, {
        Header: "If-None-Match",
      });
    }
    if (current !== undefined) throw preconditionFailed("If-None-Match");
  }
  if (ifMatch === undefined) return;
  if (current === undefined) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: key });
  if (!matches(ifMatch, current.eTag)) throw preconditionFailed("If-Match");
}

function matches(condition: string, eTag: string): boolean {
  const bare = bareTag(eTag);
  return condition.split(",", 64).some((part) => part.trim() === "*" || bareTag(part) === bare);
}

function bareTag(eTag: string): string {
  return eTag.trim().replace(/^W\//, "").replaceAll('"', "");
}

/** Headers know whole seconds only. */
function seconds(at: number): number {
  return Math.floor(at / 1000);
}

function notModified(): AwsError {
  return new AwsError("NotModified", "Not Modified", 304);
}
