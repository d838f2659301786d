import { partitionOfRegion } from "../../access/regions.ts";
import { type About, type Case, found, upper } from "./case.ts";
import { type Denial, readDenial } from "./denial.ts";
import type { Said } from "./said.ts";

const refused =
  /^(AccessDenied|AccessDeniedException|AccessDenied\..*|AllAccessDisabled|UnauthorizedOperation|AuthorizationError|AuthorizationErrorException|403|Forbidden)$/;

/** Some right is missing, or the key that opens what is encrypted. */
export const rightCases: readonly Case[] = [
  function keyDisabled({ code }, { what }) {
    const isDisabled =
      /^KMS\.(Disabled|KMSInvalidState|NotFound)Exception$/.test(code) ||
      /^(DisabledException|KMSInvalidStateException|KmsDisabled|KmsInvalidState|KmsNotFound)$/.test(code);
    if (!isDisabled) return undefined;
    return found(
      "key-disabled",
      `The KMS key that ${what} is encrypted with is disabled, deleted or waits for its deletion`,
      "Enable the key again (aws kms enable-key), or cancel its deletion first (aws kms cancel-key-deletion): without it, what it encrypted cannot be read",
    );
  },
  function keyRefused(said, { what }) {
    const { code, message } = said;
    const isKey =
      /^KMS\.(?!.*(Throttl|Internal|Timeout))/.test(code) ||
      /^Kms(AccessDenied|OptInRequired|InvalidKeyUsage)/.test(code) ||
      (refused.test(code) && /\bkms:|ciphertext|KMS key/i.test(message));
    if (!isKey) return undefined;
    const { who, resource } = readDenial(said);
    const key = resource?.startsWith("arn:") === true ? ` ${resource}` : "";
    return found(
      "key-refused",
      `The KMS key${key} that ${what} is encrypted with may not be used to decrypt: ${who ?? "the source"} lacks the right kms:Decrypt`,
      `Allow kms:Decrypt to ${who ?? "the source's role"} in its own policy and in the key's policy; a key of another account has to allow it in both`,
    );
  },
  function rightMissing(said, about) {
    if (!refused.test(said.code)) return undefined;
    const denial = readDenial(said);
    const { who, action, deniedBy } = denial;
    const lack = deniedBy === undefined ? "lacks the right" : `is denied the right`;
    const subject = who ?? "the source's role or user";
    const by = deniedBy === undefined ? "" : ` by a ${deniedBy}`;
    return found(
      "right-missing",
      `${upper(about.what)} may not be used: ${subject} ${lack} ${action}${by}`,
      helpFor(denial, said, about),
    );
  },
];

function helpFor({ who, action, resource, deniedBy, missingIn }: Denial, { service }: Said, about: About): string {
  if (deniedBy !== undefined) return `Take the denial of ${action} out of the ${deniedBy}, or except ${nameOf(who)}`;
  const isOwn = missingIn === undefined || missingIn.startsWith("identity");
  const place = isOwn ? `a policy of ${nameOf(who)}` : `the ${missingIn}`;
  const statement = JSON.stringify({ Effect: "Allow", Action: action, Resource: resourceFor(action, resource, about) });
  const absent =
    action === "s3:GetObject" && service === "s3"
      ? "; S3 says the same of objects that are not there, unless s3:ListBucket is allowed"
      : "";
  return `Add to ${place}: ${statement}${absent}`;
}

/** A role's session is nothing that a policy can be given to. */
function nameOf(who = ""): string {
  const [, kind, name] = /:(user|assumed-role)\/([^\s]+)$/.exec(who) ?? [];
  if (name === undefined) return "the source's role or user";
  return kind === "user" ? `the user ${name}` : `the role ${name.split("/", 1)[0]}`;
}

/** As a policy's statement wants it: all objects of a bucket rather than one. */
function resourceFor(action: string, resource: string | undefined, { what, region }: About): string {
  const partition = partitionOfRegion(region ?? "") ?? "aws";
  const bucket = /^arn:[\w-]+:s3:::([^/]+)\/./.exec(resource ?? "")?.[1] ?? /^s3:\/\/([^/]+)\//.exec(what)?.[1];
  if (bucket !== undefined) return `arn:${partition}:s3:::${bucket}${/:(List|GetBucket)/.test(action) ? "" : "/*"}`;
  if (resource?.startsWith("arn:") === true) return resource;
  const named = /\bbucket ([\w.-]{3,63})/.exec(what)?.[1];
  if (named !== undefined) return `arn:${partition}:s3:::${named}`;
  const [, where, account, queue] = /\/\/sqs\.([\w-]+)\.[\w.]+\/(\d{12})\/([\w.-]+)/.exec(what) ?? [];
  return queue === undefined ? "*" : `arn:${partition}:sqs:${where}:${account}:${queue}`;
}
