import type { ActorKind } from "../../../api.ts";
import type { IconName } from "../../../parts/icon.tsx";

/** "AttachUserPolicy" → ["Attach", "User", "Policy"]; runs of capitals such as MFA or DB stay together. */
export function splitName(name: string): readonly string[] {
  return name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g) ?? [name];
}

/** "AccessKey" → "access key"; "MFADevice" → "MFA device". */
export function toWords(name: string): string {
  return splitName(name)
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(" ");
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "iam.amazonaws.com" → "iam" */
export function serviceOf(eventSource: string): string {
  return eventSource.replace(/\.(?:amazonaws|api\.aws|aws)(?:\.com)?(?:\.cn)?$/, "");
}

/** What happened, as a person says it: "Fine", "Access denied", "Failed authentication". */
export function outcomeOf(event: { readonly errorCode: string; readonly errorMessage: string }): {
  readonly isError: boolean;
  readonly text: string;
} {
  const { errorCode, errorMessage } = event;
  if (errorCode === "") {
    // A failed console sign-in carries a message and no code
    // (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html).
    return errorMessage === "" ? { isError: false, text: "Fine" } : { isError: true, text: errorMessage.slice(0, 200) };
  }
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
