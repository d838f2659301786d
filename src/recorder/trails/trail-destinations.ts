import { AwsError } from "../../aws/index.ts";
import { type Organization, type Outlets, type TrailAddress } from "../outlets.ts";
import { type CloudTrailException, refusal } from "../refusal.ts";
import { type TrailSettings } from "./trail-settings.ts";

/** What CloudTrail publishes when a topic is set or changed; not JSON (aws-cloudtrail-processing-library). */
export const validationMessage = "CloudTrail validation message.";

export interface CheckedDestinations {
  readonly kmsKeyArn: string | undefined;
}

/**
 * Asks bucket, key, log group and topic whether CloudTrail may use them, as `CreateTrail` and `UpdateTrail` do. The topic
 * comes last because it gets a message. Which of several failures AWS tells first is not documented.
 */
export async function checkDestinations(
  outlets: Outlets,
  address: TrailAddress,
  settings: TrailSettings & { readonly bucket: string },
  options: { readonly organization: Organization | undefined; readonly isNewTopic: boolean },
): Promise<CheckedDestinations> {
  const { organization } = options;
  const bucketRegion = await translated(() => outlets.bucketRegion(settings.bucket), bucketErrors);
  await checkBucket(outlets, address, { ...settings, ...(organization && { organizationId: organization.id }) });
  const kmsKeyArn =
    settings.keyId === undefined ? undefined : await checkKey(outlets, address, settings.keyId, bucketRegion);
  const { logGroupArn, logRoleArn, topicArn } = settings;
  if (logGroupArn !== undefined && logRoleArn !== undefined) {
    await translated(() => outlets.probeLogGroup(address, logGroupArn, logRoleArn), logErrors);
  }
  if (topicArn !== undefined && options.isNewTopic) {
    await translated(() => outlets.publish(address, topicArn, validationMessage), topicErrors);
  }
  return { kmsKeyArn };
}

/** Asks a bucket whether CloudTrail may write where a trail's files go. */
export async function checkBucket(
  outlets: Outlets,
  address: TrailAddress,
  to: {
    readonly bucket: string;
    readonly keyPrefix?: string | undefined;
    readonly organizationId?: string | undefined;
  },
): Promise<void> {
  const folder = to.organizationId === undefined ? address.ownerId : `${to.organizationId}/${address.ownerId}`;
  await translated(() => outlets.probeBucket(address, to.bucket, to.keyPrefix, [folder]), bucketErrors);
}

/** The key must be symmetric and in the bucket's region (User Guide, "Encrypting CloudTrail log files with KMS keys"). */
async function checkKey(outlets: Outlets, address: TrailAddress, keyId: string, bucketRegion: string): Promise<string> {
  const key = await translated(() => outlets.describeKey(address, keyId), keyErrors);
  if (key.region !== bucketRegion) {
    throw refusal("KmsKeyNotFoundException", `Key ${key.arn} is not in ${bucketRegion}, the region of the S3 bucket`);
  }
  if (!key.isSymmetric) throw refusal("InvalidKmsKeyIdException", `Key ${key.arn} is not symmetric`);
  await translated(() => outlets.probeKey(address, key.arn), keyErrors);
  return key.arn;
}

interface Translation {
  /** By the other service's error code. */
  readonly known: Readonly<Record<string, CloudTrailException>>;
  readonly otherwise: CloudTrailException;
  readonly message: string;
}

const bucketErrors: Translation = {
  known: { NoSuchBucket: "S3BucketDoesNotExistException", NotFound: "S3BucketDoesNotExistException" },
  otherwise: "InsufficientS3BucketPolicyException",
  message: "Incorrect S3 bucket policy is detected for the bucket, or it does not exist",
};

const keyErrors: Translation = {
  known: {
    NotFoundException: "KmsKeyNotFoundException",
    DisabledException: "KmsException",
    KMSInvalidStateException: "KmsException",
    KeyUnavailableException: "KmsException",
    InvalidArnException: "InvalidKmsKeyIdException",
  },
  otherwise: "InsufficientEncryptionPolicyException",
  message: "The KMS key does not exist, or its policy does not let CloudTrail use it",
};

const logErrors: Translation = {
  known: {
    ResourceNotFoundException: "InvalidCloudWatchLogsLogGroupArnException",
    InvalidCloudWatchLogsLogGroupArnException: "InvalidCloudWatchLogsLogGroupArnException",
    ServiceUnavailableException: "CloudWatchLogsDeliveryUnavailableException",
  },
  otherwise: "InvalidCloudWatchLogsRoleArnException",
  message: "The log group does not exist, or the role may not be assumed or may not write to it",
};

/** The sentence is moto's. */
const topicErrors: Translation = {
  known: {
    InvalidClientTokenId: "CloudTrailInvalidClientTokenIdException",
    KMSNotFound: "KmsKeyNotFoundException",
    KMSNotFoundException: "KmsKeyNotFoundException",
    KMSAccessDenied: "InsufficientEncryptionPolicyException",
    KMSAccessDeniedException: "InsufficientEncryptionPolicyException",
    KMSDisabled: "KmsException",
    KMSDisabledException: "KmsException",
  },
  otherwise: "InsufficientSnsTopicPolicyException",
  message: "SNS Topic does not exist or the topic policy is incorrect!",
};

/** Lets another service's refusal out under CloudTrail's name for it. What is no refusal goes through as it is. */
async function translated<Result>(ask: () => Promise<Result>, { known, otherwise, message }: Translation) {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const code = Object.hasOwn(known, error.code) ? (known[error.code] ?? otherwise) : otherwise;
    throw refusal(code, `${message} (${error.code}: ${error.message})`);
  }
}
