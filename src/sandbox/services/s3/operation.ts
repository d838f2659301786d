import { AwsError, type InputOf, type OperationName, type OutputOf } from "../../../aws/index.ts";
import { type Call, type Need, type Operation } from "../../service.ts";
import { type Bucket } from "./bucket.ts";
import { accessDenied, invalidArgument, noSuchBucket, wrongRegion } from "./errors.ts";
import { noteRequest } from "./note-request.ts";
import { type S3Outlets } from "./outlets.ts";
import { type S3State } from "./s3-state.ts";

/** What every operation of S3 works with. */
export interface S3 extends S3State {
  readonly outlets: S3Outlets;
}

export type S3Operation<Name extends OperationName<"s3">> = Operation<InputOf<"s3", Name>, OutputOf<"s3", Name>>;

interface BucketInput {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

interface BucketOperation<Input, Output> {
  needs(input: Input, bucket: Bucket, call: Call): readonly Need[];
  answer(input: Input, bucket: Bucket, call: Call): Output | Promise<Output>;
}

/**
 * An operation on a bucket, or on what lies in it: says what its record shall show before anything else, finds the
 * bucket, and refuses a wrong region or owner.
 */
export function onBucket<Name extends OperationName<"s3">>(
  s3: S3,
  name: Name,
  operation: BucketOperation<InputOf<"s3", Name>, OutputOf<"s3", Name>>,
): S3Operation<Name> {
  return {
    needs(input, call) {
      const given = input as BucketInput & Readonly<Record<string, unknown>>;
      const found = s3.buckets.get(given.Bucket ?? "");
      call.note(noteRequest(name, given, call, found, s3.world.random));
      const bucket = findBucket(s3, given, call);
      checkKey(given);
      return operation.needs(input, bucket, call);
    },
    answer: (input, call) => operation.answer(input, findBucket(s3, input as BucketInput, call), call),
  };
}

function findBucket(s3: S3, { Bucket: name = "", ExpectedBucketOwner: owner }: BucketInput, call: Call): Bucket {
  const bucket = s3.buckets.get(name);
  if (bucket === undefined) throw noSuchBucket(name);
  // Where a bucket is may be asked from everywhere; those who do not sign name no region, and services know theirs.
  const namesRegion = call.caller.kind !== "anonymous" && call.caller.kind !== "service";
  if (namesRegion && call.operation !== "GetBucketLocation" && call.region !== bucket.region) {
    throw wrongRegion(call.region, bucket.region);
  }
  if (owner !== undefined && owner !== bucket.ownerId) throw accessDenied();
  return bucket;
}

/** S3 User Guide, 'Naming Amazon S3 objects': at most 1,024 bytes of UTF-8. */
const keyBytesMax = 1024;

function checkKey({ Key: key }: BucketInput): void {
  if (key === undefined) return;
  if (Buffer.byteLength(key) > keyBytesMax) {
    throw new AwsError("KeyTooLongError", "Your key is too long", 400, { MaxSizeAllowed: String(keyBytesMax) });
  }
  if (key === "" || key.includes("\u0000")) throw invalidArgument("Invalid key", "Key", key.slice(0, 200));
}
