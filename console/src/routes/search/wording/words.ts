import type { Actor, ActorKind } from "../../../api.ts";
import type { IconName } from "../../../parts/icon.tsx";

/** "AttachUserPolicy" → ["Attach", "User", "Policy"]; runs of capitals such as MFA or DB stay together. */
export function splitName(name: string): readonly string[] {
  return name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g) ?? [name];
}

/** Abbreviations that AWS writes like words inside its names (`NetworkAcl`, `VpcPeeringConnection`). */
const abbreviations = new Set(
  "acl api arn cidr db dns ebs eni iam id ip ipam kms mfa nat s3 sso ssl tls url uri vpc vpn".split(" "),
);

/** "AccessKey" → "access key"; "MFADevice" → "MFA device"; "NetworkAcls" → "network ACLs". */
export function toWords(name: string): string {
  return splitName(name)
    .map((word) => {
      if (/^[A-Z]{2,}$/.test(word)) return word;
      const [, stem = word, plural = ""] = /^(.+?)(s?)$/.exec(word.toLowerCase()) ?? [];
      return abbreviations.has(stem) ? `${stem.toUpperCase()}${plural}` : word.toLowerCase();
    })
    .join(" ");
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "iam.amazonaws.com" → "iam" */
export function serviceOf(eventSource: string): string {
  return eventSource.replace(/\.(?:amazonaws|api\.aws|aws)(?:\.com)?(?:\.cn)?$/, "");
}

/** Codes whose own words would leave a reader guessing. */
const errorWords: Readonly<Record<string, string>> = {
  VpceAccessDenied: "Denied by the VPC endpoint’s policy",
};

/** What happened, as a person says it: "Succeeded", "Access denied", "Failed authentication". */
export function outcomeOf(event: { readonly errorCode: string; readonly errorMessage: string }): {
  readonly isError: boolean;
  readonly text: string;
} {
  const { errorCode, errorMessage } = event;
  if (errorCode === "") {
    // A failed console sign-in carries a message and no code
    // (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html).
    return errorMessage === ""
      ? { isError: false, text: "Succeeded" }
      : { isError: true, text: errorMessage.slice(0, 200) };
  }
  const worded = Object.hasOwn(errorWords, errorCode) ? errorWords[errorCode] : undefined;
  if (worded !== undefined) return { isError: true, text: worded };
  const bare = errorCode.replace(/^(?:Client|Server)\./, "").replace(/(?:Exception|Fault)$/, "");
  const isPlain = /^[A-Za-z0-9]{1,80}$/.test(bare);
  return { isError: true, text: isPlain ? capitalize(toWords(bare)) : errorCode.slice(0, 200) };
}

/** What kind of actor it is, in words and as a small picture. */
export const actorKinds: Readonly<Record<ActorKind, { readonly words: string; readonly icon: IconName }>> = {
  "iam-user": { words: "IAM user", icon: "person" },
  role: { words: "role session", icon: "role" },
  root: { words: "root user", icon: "crown" },
  service: { words: "AWS service", icon: "gear" },
  account: { words: "another AWS account", icon: "building" },
  federated: { words: "federated user", icon: "globe" },
  "identity-center": { words: "Identity Center user", icon: "people" },
  unknown: { words: "unknown actor", icon: "unknown" },
};

/**
 * An actor in one line. Behind a role that many people share it is the session's name that says who; IAM Identity Center
 * names the role's own permission set between `AWSReservedSSO_` and a made-up ending
 * (docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html).
 */
export function callOut(actor: Actor): { readonly main: string; readonly aside: string } {
  const name = actor.name === "" ? "unknown" : actor.name.replace(/^AWSReservedSSO_(.+)_[0-9a-f]{16}$/, "$1");
  if (actor.kind === "service") return { main: serviceOf(name), aside: "" };
  const session = actor.session === actor.name ? "" : (actor.session ?? "");
  return session.includes("@") ? { main: session, aside: name } : { main: name, aside: session };
}

/** A caller's ARN as a short line: the user, the person behind a session, or role and session. */
export function shortActor(arn: string): string {
  const found = /^arn:[^:]*:(?:iam|sts)::\d*:(?:[^/:]+[/:])?(.+)$/.exec(arn);
  const rest = found?.[1] ?? arn;
  const session = rest.split("/").at(-1) ?? rest;
  return session.includes("@") ? session : rest.replace(/^AWSReservedSSO_(.+)_[0-9a-f]{16}(?=\/|$)/, "$1");
}

const programs: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/Terraform\/([\d.]+)/, "Terraform"],
  [/OpenTofu\/([\d.]+)/, "OpenTofu"],
  [/pulumi[^/]*\/([\d.]+)/i, "Pulumi"],
  [/aws-cdk\/([\d.]+)/, "AWS CDK"],
  [/^\[?aws-cli\/([\d.]+)/, "the AWS CLI"],
  [/^\[?Boto3\/([\d.]+)/, "Boto3"],
  [/^\[?Botocore\/([\d.]+)/i, "Botocore"],
  [/aws-sdk-go(?:-v2)?\/([\d.]+)/, "the AWS SDK for Go"],
  [/aws-sdk-java\/([\d.]+)/, "the AWS SDK for Java"],
  [/aws-sdk-(?:js|nodejs)\/([\d.]+)/, "the AWS SDK for JavaScript"],
  [/aws-sdk-(?:dotnet|net)[^/]*\/([\d.]+)/i, "the AWS SDK for .NET"],
  [/aws-sdk-rust\/([\d.]+)/, "the AWS SDK for Rust"],
  [/aws-sdk-ruby\d?\/([\d.]+)/, "the AWS SDK for Ruby"],
  [/aws-sdk-php\/([\d.]+)/, "the AWS SDK for PHP"],
  [/AWSPowerShell[^/]*\/([\d.]+)/i, "AWS Tools for PowerShell"],
  [/kubectl\/v?([\d.]+)/, "kubectl"],
];

/** The program behind a user agent, as far as its text says; nothing where it says nothing known. */
export function programOf(userAgent: string): string | undefined {
  const text = userAgent.slice(0, 1_000);
  for (const [pattern, name] of programs) {
    const found = pattern.exec(text);
    if (found !== null) return found[1] === undefined ? name : `${name} ${found[1]}`;
  }
  if (/^(?:console|signin)\.(?:amazonaws|aws\.amazon)\.com$/.test(text)) return "the AWS console";
  if (/^\[?Mozilla\/5\.0/.test(text)) return "a web browser";
  return undefined;
}

/** Whether the source is an address, and not the name of an AWS service that called on someone's behalf. */
export function isAddress(sourceIp: string): boolean {
  return /^[\d.]+$/.test(sourceIp) || (sourceIp.includes(":") && /^[\da-f:.]+$/i.test(sourceIp));
}
