import { AwsCallError } from "../../aws/index.ts";
import { CollectError } from "../errors.ts";
import { FetchError } from "../fetch/fetch-error.ts";
import type { Finding, FindingCode } from "./findings.ts";

/** What was being done when something went wrong. */
export interface About {
  /** The thing itself: `the queue https://sqs…`, `the bucket logs`. */
  readonly what: string;
  readonly region?: string;
  /** Of the role that was to be taken on, if any. */
  readonly roleArn?: string;
  readonly now?: number;
}

type Case = (error: Said, about: About) => Omit<Finding, "isGood" | "cause"> | undefined;

/** An error as far as its kind matters. */
interface Said {
  readonly code: string;
  readonly message: string;
  readonly service: string;
  readonly operation: string;
  readonly status: number;
}

/** What went wrong, as one sentence with the thing and the missing right in it, and what to do. */
export function diagnose(error: unknown, about: About): Finding {
  const said = saidBy(error);
  for (const one of cases) {
    const found = one(said, about);
    if (found) return { ...found, isGood: false, cause: `${said.code}: ${said.message}`.slice(0, 1_000) };
  }
  return {
    code: "unknown",
    isGood: false,
    sentence: `${upper(about.what)} cannot be used: ${said.message.slice(0, 300) || said.code}`,
    help: "It is tried again by itself; what AWS said stands beside it",
    cause: `${said.code}: ${said.message}`.slice(0, 1_000),
  };
}

const finding = (code: FindingCode, sentence: string, help: string) => ({ code, sentence, help });

const cases: readonly Case[] = [
  function roleRefused({ operation, code }, { roleArn }) {
    if (operation !== "AssumeRole" || !code.startsWith("AccessDenied")) return undefined;
    const role = roleArn === undefined ? "The role" : `The role ${roleArn}`;
    return finding(
      "role-refused",
      `${role} cannot be taken on: its trust does not name us, or the external ID is another`,
      "Compare the external ID with sts:ExternalId in the role's trust policy, and see that its Principal is who runs Trailwarden",
    );
  },
  function credentialsMissing({ code, message }) {
    if (code !== "CredentialsProviderError" && !/could not load credentials/i.test(message)) return undefined;
    return finding(
      "credentials-missing",
      "No AWS credentials are to be found on this machine",
      "Give the process a role or a profile (AWS_PROFILE, AWS_ACCESS_KEY_ID …), or give the source its own keys as secrets",
    );
  },
  function clockWrong({ code, message }) {
    const isSkew =
      /^(RequestTimeTooSkewed|RequestExpired)$/.test(code) || /Signature (expired|not yet current)/i.test(message);
    if (!isSkew) return undefined;
    return finding(
      "clock-wrong",
      "The clock of this machine differs from AWS's by more than AWS accepts",
      "Set the machine's clock (chronyd or systemd-timesyncd); AWS accepts a difference of five to fifteen minutes",
    );
  },
  function credentialsInvalid({ code }) {
    const invalid = [
      ...["InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch"],
      ...["ExpiredToken", "ExpiredTokenException", "InvalidToken", "IncompleteSignature", "InvalidSignatureException"],
    ];
    if (!invalid.includes(code)) return undefined;
    return finding(
      "credentials-invalid",
      "AWS does not know the credentials, or no longer accepts them",
      "See with `aws sts get-caller-identity` who they belong to; renew them where they have expired",
    );
  },
  function queueMissing({ code }, { what, region }) {
    if (!/NonExistentQueue|QueueDoesNotExist/.test(code)) return undefined;
    const where = region === undefined ? "there" : `in ${region}`;
    return finding(
      "queue-missing",
      `There is no such queue ${where}: ${what}`,
      "Compare the account, the name and the region in the queue's URL with the region of the source",
    );
  },
  function bucketMissing({ code }, { what }) {
    if (code !== "NoSuchBucket") return undefined;
    return finding(
      "bucket-missing",
      `${upper(what)} does not exist`,
      "Compare its name with the one that the trail delivers to",
    );
  },
  function wrongRegion({ code, status, service }, { what, region }) {
    const codes = ["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"];
    if (!codes.includes(code) && !(service === "s3" && status === 301)) return undefined;
    const asked = region === undefined ? "" : `, not in ${region}`;
    return finding(
      "wrong-region",
      `${upper(what)} is in another region${asked}`,
      "Give the region that the console shows beside the bucket's name",
    );
  },
  function keyDisabled({ code }, { what }) {
    if (!/^KMS\.(Disabled|KMSInvalidState|NotFound)|^(DisabledException|KMSInvalidStateException)$/.test(code))
      return undefined;
    return finding(
      "key-disabled",
      `The KMS key that ${what} is encrypted with is disabled, deleted or waits for deletion`,
      "Enable the key again or cancel its deletion (aws kms enable-key, cancel-key-deletion): what it encrypted cannot be read without it",
    );
  },
  function keyRefused({ code, message }, { what }) {
    const isKey =
      code.startsWith("KMS.") || (code.startsWith("AccessDenied") && /kms:|ciphertext|KMS key/i.test(message));
    if (!isKey) return undefined;
    return finding(
      "key-refused",
      `The KMS key that ${what} is encrypted with may not be used to decrypt (kms:Decrypt)`,
      "Allow kms:Decrypt to the role in its own policy and in the key's policy",
    );
  },
  function rightMissing({ code, operation, service }, { what }) {
    if (
      !/^(AccessDenied|AccessDeniedException|AccessDenied\..*|UnauthorizedOperation|AuthorizationError|403|Forbidden)$/.test(
        code,
      )
    )
      return undefined;
    const action = actionOf(service, operation);
    return finding(
      "right-missing",
      `${upper(what)} may not be used: the right ${action} is missing`,
      `Allow ${action} in the role's policy, and see that no policy of the resource, the organization or a boundary denies it`,
    );
  },
  function objectMissing({ code }, { what }) {
    if (!/^(NoSuchKey|NoSuchVersion|NotFound)$/.test(code)) return undefined;
    return finding(
      "object-missing",
      `${upper(what)} is not there`,
      "It may come late, and is looked for again; if it was deleted, nothing can bring it back but the bucket's versions",
    );
  },
  function throttled({ code, status }) {
    const codes =
      /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|TooManyRequestsException|SlowDown|RequestLimitExceeded|.*OverLimit)$/;
    if (!codes.test(code) && status !== 503) return undefined;
    return finding("throttled", "AWS asks to go slower", "Nothing needs to be done; it goes on more slowly by itself");
  },
  function tooLarge({ code, message }) {
    if (code !== "object-too-large") return undefined;
    return finding(
      "object-too-large",
      message,
      "It is left alone; import it by hand if it holds events: trailwarden import",
    );
  },
  function storeFull({ code, message }) {
    if (!/ENOSPC/.test(code) && !/ENOSPC|No space left|NOT_ENOUGH_SPACE/i.test(message)) return undefined;
    return finding(
      "store-full",
      "The disk of the data folder is full",
      "Make room; collecting goes on by itself, and nothing was lost",
    );
  },
  function folderMissing({ code }, { what }) {
    if (!["ENOENT", "ENOTDIR", "EACCES"].includes(code)) return undefined;
    return finding(
      "folder-missing",
      `${upper(what)} cannot be read (${code})`,
      "See that it is there and that the user who runs Trailwarden may read it",
    );
  },
  function unreachable({ code, message }, { what }) {
    const codes =
      /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|TimeoutError|object-cut-off|5\d\d|InternalError|InternalFailure|ServiceUnavailable)$/;
    if (!codes.test(code) && !/socket hang up|ECONNREFUSED|timed? ?out/i.test(message)) return undefined;
    return finding(
      "unreachable",
      `${upper(what)} cannot be reached${codeIn(code)}`,
      "See that this machine reaches AWS: its network, a proxy, VPC endpoints, the endpoint in the settings",
    );
  },
];

function codeIn(code: string): string {
  return /^E[A-Z]+/.test(code) ? ` (${code})` : "";
}

/** The action that IAM asks for; most are named as their operation (Service Authorization Reference). */
function actionOf(service: string, operation: string): string {
  const odd: Readonly<Record<string, string>> = {
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:ListObjects": "s3:ListBucket",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
  };
  const name = `${service}:${operation}`;
  return odd[name] ?? name;
}

function saidBy(error: unknown): Said {
  if (error instanceof AwsCallError) {
    const { code, message, service, operation, status } = error;
    return { code, message, service, operation, status };
  }
  const plain = { service: "", operation: "", status: 0 };
  if (error instanceof FetchError) return { ...plain, code: error.code, message: error.message };
  if (error instanceof CollectError) return { ...plain, code: error.code, message: error.message };
  if (!(error instanceof Error)) return { ...plain, code: "Error", message: String(error) };
  const { code } = error as { readonly code?: unknown };
  // Where several addresses were tried, the first tells as much as all.
  if (error instanceof AggregateError && error.errors.length > 0) return saidBy(error.errors[0]);
  return { ...plain, code: typeof code === "string" ? code : error.name, message: error.message };
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
