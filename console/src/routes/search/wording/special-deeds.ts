import { firstResource, named } from "./pieces.ts";
import type { Ask, Piece } from "./pieces.ts";
import { lastSegment, shortName, textAt, valueAt } from "./record.ts";

type Build = (record: unknown, ask: Ask) => readonly Piece[];

/** [past, plain, rest of the phrase] */
export type SpecialDeed = readonly [past: string, plain: string, rest: Build];

function assumed(_: unknown, ask: Ask): readonly Piece[] {
  const role = ask("roleArn");
  const account = /^arn:[^:]*:iam::(\d{12}):/.exec(role)?.[1] ?? "";
  return [
    ...(role === "" ? [" a role"] : named(" the role ", lastSegment(role))),
    ...named(" of the account ", account),
    ...named(" in a session named ", ask("roleSessionName")),
  ];
}

function attached(kind: string, parameter: string, link: string): Build {
  return (_, ask) => [
    " the policy ",
    { value: shortName(ask("policyArn")) },
    ...named(` ${link} the ${kind} `, ask(parameter)),
  ];
}

function inline(kind: string, parameter: string): Build {
  return (_, ask) => [
    " the inline policy",
    ...named(" ", ask("policyName")),
    ...named(` of the ${kind} `, ask(parameter)),
  ];
}

function object(_: unknown, ask: Ask): readonly Piece[] {
  const bucket = ask("bucketName");
  return ask("key") === ""
    ? [" an object", ...named(" in the bucket ", bucket)]
    : [" ", { value: `s3://${bucket}/${ask("key")}` }];
}

function withKey(before: string): Build {
  return (record, ask) => {
    const key = shortName(ask("keyId") || firstResource(record) || textAt(record, "serviceEventDetails.keyId"));
    return key === "" ? [`${before} a KMS key`] : [`${before} the KMS key `, { value: key }];
  };
}

function instances(record: unknown): readonly Piece[] {
  const items =
    valueAt(record, "responseElements.instancesSet.items") ?? valueAt(record, "requestParameters.instancesSet.items");
  const ids = Array.isArray(items)
    ? items.map((item: unknown) => textAt(item, "instanceId")).filter((id) => id !== "")
    : [];
  if (ids.length === 0) return [" EC2 instances"];
  const more = ids.length > 3 ? ` and ${String(ids.length - 3)} more` : "";
  return [ids.length === 1 ? " the EC2 instance " : " the EC2 instances ", { value: ids.slice(0, 3).join(", ") }, more];
}

const forUser =
  (word: string): Build =>
  (_, ask) =>
    named(` ${word} the IAM user `, ask("userName"));
const ofTrail: Build = (_, ask) => [" the logging of the trail", ...named(" ", shortName(ask("name")))];

/** The deeds that the general rule would word badly, or that matter enough to be worded well. */
export const specialDeeds: Readonly<Record<string, SpecialDeed>> = {
  ConsoleLogin: ["signed in", "sign in", () => [" to the AWS console"]],
  UserAuthentication: ["signed in", "sign in", () => [" to the AWS access portal"]],
  SwitchRole: ["switched", "switch", (_, ask) => [" role in the console", ...named(" to ", ask("roleName"))]],
  CheckMfa: ["was asked", "pass", () => [" for MFA while signing in"]],
  GetCallerIdentity: ["asked", "ask", () => [" AWS who it is (GetCallerIdentity)"]],
  GetSessionToken: ["fetched", "fetch", () => [" temporary credentials"]],
  AssumeRole: ["assumed", "assume", assumed],
  AssumeRoleWithSAML: ["assumed", "assume", assumed],
  AssumeRoleWithWebIdentity: ["assumed", "assume", assumed],
  CreateAccessKey: [
    "created",
    "create",
    (record, ask) => [
      " an access key",
      ...named(" ", textAt(record, "responseElements.accessKey.accessKeyId")),
      // Without a name in the request, the key is the caller's own: the answer says whose.
      ...named(" for the IAM user ", ask("userName") || textAt(record, "responseElements.accessKey.userName")),
    ],
  ],
  UpdateAccessKey: [
    "set",
    "set",
    (_, ask) => [
      " the access key",
      ...named(" ", ask("accessKeyId")),
      ...named(" of the IAM user ", ask("userName")),
      ...named(" to ", ask("status")),
    ],
  ],
  DeleteAccessKey: [
    "deleted",
    "delete",
    (_, ask) => [" the access key", ...named(" ", ask("accessKeyId")), ...named(" of the IAM user ", ask("userName"))],
  ],
  CreateLoginProfile: ["gave", "give", (record, ask) => [...forUser("")(record, ask), " a console password"]],
  UpdateLoginProfile: ["changed", "change", (record, ask) => [" the console password", ...forUser("of")(record, ask)]],
  DeleteLoginProfile: ["deleted", "delete", (record, ask) => [" the console password", ...forUser("of")(record, ask)]],
  AddUserToGroup: [
    "added",
    "add",
    (record, ask) => [...forUser("")(record, ask), ...named(" to the group ", ask("groupName"))],
  ],
  RemoveUserFromGroup: [
    "removed",
    "remove",
    (record, ask) => [...forUser("")(record, ask), ...named(" from the group ", ask("groupName"))],
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
  StopLogging: ["stopped", "stop", ofTrail],
  StartLogging: ["started", "start", ofTrail],
  GetObject: ["read", "read", object],
  PutObject: ["wrote", "write", object],
  DeleteObject: ["deleted", "delete", object],
  HeadObject: ["looked at", "look at", object],
  GetSecretValue: [
    "read",
    "read",
    (_, ask) => (ask("secretId") === "" ? [" a secret"] : named(" the secret ", shortName(ask("secretId")))),
  ],
  ScheduleKeyDeletion: [
    "scheduled",
    "schedule",
    (record, ask) => [
      ...withKey(" the deletion of")(record, ask),
      ...named(", due in ", ask("pendingWindowInDays"), " days,"),
    ],
  ],
  Decrypt: ["decrypted", "decrypt", withKey(" data with")],
  Encrypt: ["encrypted", "encrypt", withKey(" data with")],
  GenerateDataKey: ["generated", "generate", withKey(" a data key under")],
  GenerateDataKeyWithoutPlaintext: ["generated", "generate", withKey(" a data key under")],
  RunInstances: ["started", "start", instances],
  StartInstances: ["started", "start", instances],
  StopInstances: ["stopped", "stop", instances],
  TerminateInstances: ["terminated", "terminate", instances],
  Invoke: ["invoked", "invoke", (_, ask) => [" the Lambda function", ...named(" ", shortName(ask("functionName")))]],
};
