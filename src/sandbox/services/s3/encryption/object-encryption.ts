import { AwsError } from "../../../../aws/index.ts";
import { type Call } from "../../../service.ts";
import { type Bucket, bucketArn, objectArn } from "../bucket.ts";
import { accessDenied, invalidArgument, notImplemented } from "../errors.ts";
import { type StoredEncryption } from "../objects/object-version.ts";
import { type S3 } from "../operation.ts";

/** As operations that write objects are asked. */
export interface EncryptionInput {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
}

export interface EncryptionChoice {
  readonly algorithm: "AES256" | "aws:kms";
  readonly keyId: string;
  readonly hasBucketKey: boolean;
  readonly givenContext: string | undefined;
  /** Whether the bucket chose, not the request. */
  readonly isDefault: boolean;
}

/** How an object is to be encrypted: as asked, or as the bucket has it. */
export function chooseEncryption(bucket: Bucket, input: EncryptionInput): EncryptionChoice {
  // S3 User Guide, 'Blocking or unblocking SSE-C': refused so where it is blocked, as it is here for every bucket.
  if (input.SSECustomerAlgorithm !== undefined || input.SSECustomerKey !== undefined) throw accessDenied();
  const { encryption } = bucket;
  const asked = input.ServerSideEncryption;
  if (asked !== undefined && asked !== "AES256" && asked !== "aws:kms") {
    if (asked === "aws:kms:dsse" || asked === "aws:fsx") throw notImplemented(asked);
    throw new AwsError(
      "InvalidEncryptionAlgorithmError",
      "The encryption request that you specified is not valid. The valid value is AES256.",
    );
  }
  const algorithm = asked ?? encryption.algorithm;
  if (algorithm !== "aws:kms" && (input.SSEKMSKeyId !== undefined || input.SSEKMSEncryptionContext !== undefined)) {
    throw invalidArgument(
      "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
      "x-amz-server-side-encryption",
      asked ?? "null",
    );
  }
  return {
    algorithm,
    keyId: input.SSEKMSKeyId ?? (asked === undefined ? encryption.keyId : undefined) ?? "alias/aws/s3",
    hasBucketKey: input.BucketKeyEnabled ?? encryption.hasBucketKey,
    givenContext: input.SSEKMSEncryptionContext,
    isDefault: asked === undefined,
  };
}

/**
 * Takes a data key from KMS where the object is to have one. The context is the object's ARN, or the bucket's with a
 * bucket key (S3 User Guide, 'Using server-side encryption with AWS KMS keys', 'Encryption context'), and what the
 * client adds. With a bucket key AWS asks KMS less often; here it is asked for every object.
 */
export async function beginEncryption(
  s3: S3,
  call: Call,
  bucket: Bucket,
  key: string,
  choice: EncryptionChoice,
): Promise<{ readonly encryption: StoredEncryption; readonly dataKey: Uint8Array | undefined }> {
  if (choice.algorithm === "AES256") return { encryption: { kind: "AES256" }, dataKey: undefined };
  const arn = choice.hasBucketKey ? bucketArn(bucket.name) : objectArn(bucket.name, key);
  const context = { ...readContext(choice.givenContext), "aws:s3:arn": arn };
  const made = await s3.outlets.kms
    .generateDataKey(call, { region: bucket.region, keyId: choice.keyId, context })
    .catch(throwAsS3);
  return {
    encryption: {
      kind: "aws:kms",
      keyArn: made.keyArn,
      hasBucketKey: choice.hasBucketKey,
      dataKey: Buffer.from(made.ciphertext).toString("base64"),
      context,
      ...(choice.givenContext === undefined ? {} : { givenContext: choice.givenContext }),
    },
    dataKey: made.plaintext,
  };
}

/** The key that an object's bytes are read with, from KMS, for who reads. */
export async function openEncryption(
  s3: S3,
  call: Call,
  bucket: Bucket,
  encryption: StoredEncryption,
): Promise<Uint8Array | undefined> {
  if (encryption.kind === "AES256") return undefined;
  const { keyArn, dataKey, context } = encryption;
  return s3.outlets.kms
    .decrypt(call, { region: bucket.region, keyArn, ciphertext: Buffer.from(dataKey, "base64"), context })
    .catch(throwAsS3);
}

/** What an answer says of an object's encryption. */
export function printEncryption(encryption: StoredEncryption): {
  readonly ServerSideEncryption: "AES256" | "aws:kms";
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
} {
  if (encryption.kind === "AES256") return { ServerSideEncryption: "AES256" };
  return {
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: encryption.keyArn,
    ...(encryption.hasBucketKey ? { BucketKeyEnabled: true } : {}),
  };
}

const contextLengthMax = 8192;

function readContext(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {};
  const bad = () =>
    invalidArgument(
      "The header x-amz-server-side-encryption-context shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
      "x-amz-server-side-encryption-context",
      text.slice(0, 200),
    );
  if (text.length > contextLengthMax) throw bad();
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    throw bad();
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw bad();
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === "string")) throw bad();
  return Object.fromEntries(entries);
}

/** S3 passes KMS's refusals on under names of its own. */
function throwAsS3(error: unknown): never {
  if (!(error instanceof AwsError)) throw error;
  if (error.code === "AccessDeniedException" || error.code === "AccessDenied") throw accessDenied(error.message);
  throw new AwsError(`KMS.${error.code}`, error.message, 400);
}
