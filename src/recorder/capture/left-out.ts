import { type Member, type ServiceName } from "../../aws/index.ts";

/** What stands in a record in the place of a value, or that the member does not stand there at all. */
export type Hidden = { readonly kind: "left-out" } | { readonly kind: "text"; readonly text: string };

const leftOut: Hidden = { kind: "left-out" };

/** How services write what the SDK marks as sensitive; the others leave it out, as IAM does the secret of a key. */
const sensitiveTexts: Readonly<Partial<Record<ServiceName, string>>> = {
  // CloudTrail User Guide, "CloudTrail log file examples": `keyMaterial`
  ec2: "<sensitiveDataRemoved>",
  // Organizations User Guide, "Logging API calls with AWS CloudTrail": e-mail and name of an account (not checked on records)
  organizations: "****",
};

/** What is a secret although the SDK does not mark it, or says what only a message's receiver may know. */
const secrets: Readonly<Partial<Record<ServiceName, ReadonlyMap<string, Hidden>>>> = {
  iam: members(leftOut, "AuthenticationCode1", "AuthenticationCode2"),
  sts: members(leftOut, "TokenCode", "SAMLAssertion", "WebIdentityToken"),
  // SNS and SQS Developer Guides, on data events in CloudTrail (not checked on records)
  sns: members(hidden(), "Message", "Subject", "MessageAttributes"),
  sqs: members(hidden(), "MessageBody", "MessageAttributes", "MessageSystemAttributes", "Body"),
  logs: members(hidden(), "logEvents", "message"),
  events: members(hidden(), "Detail"),
};

/** What a record says in the place of a member, where it does not say its value. */
export function hiddenMember(service: ServiceName, member: Member): Hidden | undefined {
  const secret = secrets[service]?.get(member.name);
  if (secret !== undefined) return secret;
  // No real record holds bytes: those of KMS leave out plain and cipher texts, those of Lambda the code.
  if (member.shape.kind === "blob") return leftOut;
  if (!member.isSensitive) return undefined;
  const text = sensitiveTexts[service];
  return text === undefined ? leftOut : { kind: "text", text };
}

function hidden(): Hidden {
  return { kind: "text", text: "HIDDEN_DUE_TO_SECURITY_REASONS" };
}

function members(how: Hidden, ...names: readonly string[]): ReadonlyMap<string, Hidden> {
  return new Map(names.map((name) => [name, how]));
}
