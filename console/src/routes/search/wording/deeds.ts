import { shortName, textAt, valueAt } from "./record.ts";
import { capitalize, serviceOf, splitName, toWords } from "./words.ts";

/** A piece of a sentence: our own words, or a value out of the record. */
export type Piece = string | { readonly value: string };

/** What was done: `done` after the actor's name, `tried` after "tried to". */
export interface Deed {
  readonly done: readonly Piece[];
  readonly tried: readonly Piece[];
}

type Build = (record: unknown, ask: (name: string) => string) => readonly Piece[];

/** [past, plain, rest of the phrase] for the deeds that the general rule would word badly. */
const special: Readonly<Record<string, readonly [past: string, plain: string, rest: Build]>> = {
  ConsoleLogin: ["signed in", "sign in", () => [" to the AWS console"]],
  SwitchRole: ["switched", "switch", (_, ask) => [" role in the console", ...named(" to ", ask("roleName"))]],
  CheckMfa: ["was asked", "pass", () => [" for MFA while signing in"]],
  GetCallerIdentity: ["asked", "ask", () => [" AWS who it is (GetCallerIdentity)"]],
  AssumeRole: ["assumed", "assume", assumed],
  AssumeRoleWithSAML: ["assumed", "assume", assumed],
  AssumeRoleWithWebIdentity: ["assumed", "assume", assumed],
  CreateAccessKey: [
    "created",
    "create",
    (record, ask) => [
      " an access key",
      ...named(" ", textAt(record, "responseElements.accessKey.accessKeyId")),
      ...named(" for the IAM user ", ask("userName")),
    ],
  ],
  UpdateAccessKey: [
    "set",
    "set",
    (_, ask) => [" the access key", ...named(" ", ask("accessKeyId")), ...named(" of the IAM user ", ask("userName")), ...named(" to ", ask("status"))],
  ],
  DeleteAccessKey: [
    "deleted",
    "delete",
    (_, ask) => [" the access key", ...named(" ", ask("accessKeyId")), ...named(" of the IAM user ", ask("userName"))],
  ],
  CreateLoginProfile: ["gave", "give", (_, ask) => [" a console password", ...named(" to the IAM user ", ask("userName"))]],
  UpdateLoginProfile: ["changed", "change", (_, ask) => [" the console password", ...named(" of the IAM user ", ask("userName"))]],
  AddUserToGroup: [
    "added",
    "add",
    (_, ask) => [...named(" the IAM user ", ask("userName")), ...named(" to the group ", ask("groupName"))],
  ],
  AttachUserPolicy: ["attached", "attach", attached("user", "userName", "to")],
  AttachRolePolicy: ["attached", "attach", attached("role", "roleName", "to")],
  AttachGroupPolicy: ["attached", "attach", attached("group", "groupName", "to")],
  DetachUserPolicy: ["detached", "detach", attached("user", "userName", "from")],
  DetachRolePolicy: ["detached", "detach", attached("role", "roleName", "from")],
  DetachGroupPolicy: ["detached", "detach", attached("group", "groupName", "from")],
  PutUserPolicy: ["wrote", "write", inline("user", "userName")],
  PutRolePolicy: ["wrote", "write", inline("role", "roleName")],
  PutGroupPolicy: ["wrote", "write", inline("group", "groupName")],
  StopLogging: ["stopped", "stop", (_, ask) => [" the logging of the trail", ...named(" ", shortName(ask("name")))]],
  StartLogging: ["started", "start", (_, ask) => [" the logging of the trail", ...named(" ", shortName(ask("name")))]],
  GetObject: ["read", "read", object],
  PutObject: ["wrote", "write", object],
  DeleteObject: ["deleted", "delete", object],
  HeadObject: ["looked at", "look at", object],
  GetSecretValue: ["read", "read", (_, ask) => [" the secret", ...named(" ", shortName(ask("secretId")))]],
  ScheduleKeyDeletion: [
    "scheduled",
    "schedule",
    (record, ask) => [
      " the deletion of the KMS key",
      ...named(" ", shortName(ask("keyId") || keyOf(record))),
      ...named(", to happen in ", ask("pendingWindowInDays"), " days"),
    ],
  ],
  Decrypt: ["decrypted", "decrypt", (record) => [" data with the KMS key", ...named(" ", shortName(keyOf(record)))]],
  Encrypt: ["encrypted", "encrypt", (record) => [" data with the KMS key", ...named(" ", shortName(keyOf(record)))]],
  GenerateDataKey: ["had", "have", (record) => [" a data key made by the KMS key", ...named(" ", shortName(keyOf(record)))]],
  RunInstances: ["started", "start", instances],
  StartInstances: ["started", "start", instances],
  StopInstances: ["stopped", "stop", instances],
  TerminateInstances: ["terminated", "terminate", instances],
};

/** Verbs that a final "ed" would get wrong, or that say little to a person. */
const verbs: Readonly<Record<string, readonly [past: string, plain: string]>> = {
  Get: ["read", "read"],
  Put: ["set", "set"],
  Set: ["set", "set"],
  Describe: ["looked up", "look up"],
  Head: ["looked at", "look at"],
  Lookup: ["looked up", "look up"],
  Run: ["ran", "run"],
  Send: ["sent", "send"],
  Stop: ["stopped", "stop"],
  Begin: ["began", "begin"],
  Tag: ["tagged", "tag"],
  Untag: ["untagged", "untag"],
  Scan: ["scanned", "scan"],
  Verify: ["verified", "verify"],
  Modify: ["modified", "modify"],
  Deny: ["denied", "deny"],
  Copy: ["copied", "copy"],
  Apply: ["applied", "apply"],
  Retry: ["retried", "retry"],
  Submit: ["submitted", "submit"],
};

/** Parameters that name the thing an action is about, the most telling first. */
const telling = [
  "userName", "roleName", "groupName", "policyName", "policyArn", "bucketName", "functionName", "secretId", "keyId",
  "tableName", "dBInstanceIdentifier", "dBClusterIdentifier", "stackName", "clusterName", "repositoryName", "trailName",
  "topicArn", "queueUrl", "queueName", "logGroupName", "instanceId", "volumeId", "snapshotId", "groupId", "vpcId",
  "subnetId", "aliasName", "detectorId", "serviceName", "hostedZoneId", "name", "ruleName", "roleArn", "resourceArn",
  "instanceProfileName", "serialNumber", "identityPoolId", "id", "arn",
] as const; // prettier-ignore

function named(before: string, value: string, after = ""): readonly Piece[] {
  return value === "" ? [] : after === "" ? [before, { value }] : [before, { value }, after];
}

function assumed(_: unknown, ask: (name: string) => string): readonly Piece[] {
  return [" the role", ...named(" ", shortName(ask("roleArn"))), ...named(" in a session named ", ask("roleSessionName"))];
}

function attached(kind: string, parameter: string, link: string): Build {
  return (_, ask) => [" the policy ", { value: shortName(ask("policyArn")) }, ...named(` ${link} the ${kind} `, ask(parameter))];
}

function inline(kind: string, parameter: string): Build {
  return (_, ask) => [" the inline policy", ...named(" ", ask("policyName")), ...named(` of the ${kind} `, ask(parameter))];
}

function object(_: unknown, ask: (name: string) => string): readonly Piece[] {
  return ask("key") === "" ? [" an object", ...named(" in the bucket ", ask("bucketName"))] : [" ", { value: `s3://${ask("bucketName")}/${ask("key")}` }];
}

function keyOf(record: unknown): string {
  const fromRequest = textAt(record, "requestParameters.keyId");
  return fromRequest === "" ? firstResource(record) : fromRequest;
}

function instances(record: unknown): readonly Piece[] {
  const items = valueAt(record, "responseElements.instancesSet.items") ?? valueAt(record, "requestParameters.instancesSet.items");
  const ids = Array.isArray(items) ? items.map((item: unknown) => textAt(item, "instanceId")).filter((id) => id !== "") : [];
  if (ids.length === 0) return [" EC2 instances"];
  const more = ids.length > 3 ? ` and ${String(ids.length - 3)} more` : "";
  return [ids.length === 1 ? " the EC2 instance " : " the EC2 instances ", { value: ids.slice(0, 3).join(", ") }, more];
}

function firstResource(record: unknown): string {
  const resources = valueAt(record, "resources");
  const first: unknown = Array.isArray(resources) ? resources[0] : undefined;
  return textAt(first, "ARN");
}

function pastOf(verb: string): string {
  if (verb.endsWith("e")) return `${verb}d`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}

/** The parameter that fits the action's own noun (`CreateRole` → `roleName`) comes before the general list. */
function targetOf(record: unknown, nounWords: readonly string[]): string {
  const noun = nounWords.join("");
  const lead = noun.charAt(0).toLowerCase() + noun.slice(1);
  for (const parameter of [`${lead}Name`, `${lead}Id`, `${lead}Arn`, lead, ...telling]) {
    const value = textAt(record, `requestParameters.${parameter}`);
    if (value !== "") return shortName(value);
  }
  return shortName(firstResource(record));
}

/** What the record says was done, in words. */
export function deedOf(record: unknown, eventName: string, eventSource: string): Deed {
  const ask = (name: string) => textAt(record, `requestParameters.${name}`);
  const known = Object.hasOwn(special, eventName) ? special[eventName] : undefined;
  if (known !== undefined) {
    const rest = known[2](record, ask);
    return { done: [known[0], ...rest], tried: [known[1], ...rest] };
  }
  const [first = eventName, ...nounWords] = splitName(eventName);
  if (nounWords.length === 0 || !/^[A-Z][a-z]+$/.test(first)) {
    const rest: readonly Piece[] = [" ", { value: eventName }, ` on ${serviceOf(eventSource)}`];
    return { done: ["called", ...rest], tried: ["call", ...rest] };
  }
  const verb = verbs[first] ?? [pastOf(first.toLowerCase()), first.toLowerCase()];
  const service = serviceOf(eventSource);
  const noun = nounWords.map((word) => toWords(word)).join(" ");
  const isShort = nounWords.length === 1 && service.length <= 4 && !noun.startsWith(service);
  const thing = isShort ? `${service.toUpperCase()} ${noun}` : noun;
  const target = targetOf(record, nounWords);
  const isMany = noun.endsWith("s") && !/(?:ss|us|is)$/.test(noun);
  const rest: readonly Piece[] =
    target === "" ? [` ${isMany ? "" : article(thing)}${thing}${isShort ? "" : ` (${capitalize(service)})`}`] : [` the ${thing} `, { value: target }];
  return { done: [verb[0], ...rest], tried: [verb[1], ...rest] };
}

function article(thing: string): string {
  return /^[aeiouAEIOU]/.test(thing) ? "an " : "a ";
}
