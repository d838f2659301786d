import type { CloudTrailRecord } from "./record.ts";

/** What sort of caller stands behind an event. */
export type ActorKind =
  | "root"
  | "iam-user"
  | "role-session"
  /** A role session that a person of IAM Identity Center opened through a permission set. */
  | "identity-center-session"
  | "identity-center-user"
  | "role"
  | "federated-user"
  | "saml-user"
  | "web-identity-user"
  | "directory-user"
  | "aws-account"
  | "aws-service"
  /** A `type` that is not known here, or `Unknown` itself, where no ARN tells more. */
  | "unknown"
  /** The record has no identity, as Insights and many service events. */
  | "none";

/** Who did it, in words for people. All texts are the log's own and are not escaped. */
export interface ActorDescription {
  readonly kind: ActorKind;
  /** Short enough for a table: `anaya`, `DevRole / build-42`, `root of 111122223333`. */
  readonly name: string;
  /** What the kind is called: `IAM user`, `role session`. */
  readonly kindName: string;
  readonly accountId: string | undefined;
  readonly principalArn: string | undefined;
  /** The role, user or root that issued the session. */
  readonly issuerArn: string | undefined;
  readonly roleName: string | undefined;
  readonly sessionName: string | undefined;
  /** Set once by the first caller of a chain of roles, and kept by AWS through all of them. */
  readonly sourceIdentity: string | undefined;
  /** Undefined when the record does not tell. */
  readonly mfa: boolean | undefined;
  readonly accessKeyId: string | undefined;
  /** The service that made the call for the caller. */
  readonly via: string | undefined;
}

const kindNames: Readonly<Record<ActorKind, string>> = {
  root: "root user",
  "iam-user": "IAM user",
  "role-session": "role session",
  "identity-center-session": "Identity Center session",
  "identity-center-user": "Identity Center user",
  role: "role",
  "federated-user": "federated user",
  "saml-user": "SAML user",
  "web-identity-user": "web identity user",
  "directory-user": "directory user",
  "aws-account": "AWS account",
  "aws-service": "AWS service",
  unknown: "unknown caller",
  none: "no caller",
};

/** docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const kindByType: ReadonlyMap<string, ActorKind> = new Map([
  ["Root", "root"],
  ["IAMUser", "iam-user"],
  ["AssumedRole", "role-session"],
  ["Role", "role"],
  ["FederatedUser", "federated-user"],
  ["SAMLUser", "saml-user"],
  ["WebIdentityUser", "web-identity-user"],
  ["Directory", "directory-user"],
  ["AWSAccount", "aws-account"],
  ["AWSService", "aws-service"],
  ["IdentityCenterUser", "identity-center-user"],
]);

const kindByArn: ReadonlyMap<string, ActorKind> = new Map([
  ["user", "iam-user"],
  ["assumed-role", "role-session"],
  ["federated-user", "federated-user"],
  ["role", "role"],
  ["root", "root"],
]);

// the roles that Identity Center makes: AWSReservedSSO_<permission set>_<16 hexadecimal digits>, which exports mask
const permissionSetRole = /^AWSReservedSSO_(.+?)(?:_[^_]{16})?$/;
const textCharactersMax = 512;

/** Says who did what a record tells of. Total: a record with nothing in it gives an actor of kind `none`. */
export function describeIdentity(record: CloudTrailRecord): ActorDescription {
  const identity = objectAt(record, "userIdentity");
  const session = objectAt(identity, "sessionContext");
  const issuer = objectAt(session, "sessionIssuer");
  const arn = textAt(identity, "arn");
  const kind = kindOf(identity, issuer);
  const roleName = textAt(issuer, "userName") ?? arnPart(arn, "assumed-role", 0);
  const isSession = kind === "role-session" || kind === "identity-center-session";
  const sessionName = isSession
    ? (arnPart(arn, "assumed-role", 1) ?? afterColon(textAt(identity, "principalId")))
    : kind === "federated-user"
      ? (arnPart(arn, "federated-user", 0) ?? afterColon(textAt(identity, "principalId")))
      : undefined;
  const facts: Facts = {
    record,
    identity,
    arn,
    roleName: isSession || kind === "role" ? roleName : undefined,
    sessionName,
  };
  return {
    kind,
    name: nameOf(kind, facts),
    kindName: kindNames[kind],
    accountId: textAt(identity, "accountId"),
    principalArn: arn,
    issuerArn: textAt(issuer, "arn"),
    roleName: facts.roleName,
    sessionName,
    sourceIdentity: textAt(session, "sourceIdentity"),
    mfa: mfaOf(record, session),
    accessKeyId: textAt(identity, "accessKeyId"),
    via: kind === "aws-service" ? undefined : textAt(identity, "invokedBy"),
  };
}

interface Facts {
  readonly record: CloudTrailRecord;
  readonly identity: Fields | undefined;
  readonly arn: string | undefined;
  readonly roleName: string | undefined;
  readonly sessionName: string | undefined;
}

function kindOf(identity: Fields | undefined, issuer: Fields | undefined): ActorKind {
  if (identity === undefined || Object.keys(identity).length === 0) {
    return "none";
  }
  const type = textAt(identity, "type");
  if (type === undefined) {
    // service events leave the type out: {"accountId": …, "invokedBy": "AWS Internal"}
    return textAt(identity, "invokedBy") === undefined ? kindOfArn(textAt(identity, "arn")) : "aws-service";
  }
  const named = kindByType.get(type);
  const kind = named ?? kindOfArn(textAt(identity, "arn"));
  const role = textAt(issuer, "userName") ?? arnPart(textAt(identity, "arn"), "assumed-role", 0) ?? "";
  return kind === "role-session" && permissionSetRole.test(role) ? "identity-center-session" : kind;
}

/** `Unknown` is also written for callers whose ARN is quite clear. */
function kindOfArn(arn: string | undefined): ActorKind {
  const [, kind] =
    /^arn:[^:]*:(?:iam|sts)::\d{12}:(user|assumed-role|federated-user|role|root)(?:\/|$)/.exec(arn ?? "") ?? [];
  return kindByArn.get(kind ?? "") ?? "unknown";
}

function nameOf(kind: ActorKind, { record, identity, arn, roleName, sessionName }: Facts): string {
  const userName = textAt(identity, "userName");
  const accountId = textAt(identity, "accountId");
  const principalId = textAt(identity, "principalId");
  const fallback = userName ?? arn ?? principalId ?? kindNames[kind];
  switch (kind) {
    case "root":
      return accountId === undefined ? "root" : `root of ${userName ?? accountId}`;
    case "iam-user":
      return userName ?? lastOfPath(arn) ?? fallback;
    case "role-session":
      return joinRole(roleName, sessionName) ?? fallback;
    case "identity-center-session":
      return joinRole(permissionSetRole.exec(roleName ?? "")?.[1], sessionName) ?? fallback;
    case "identity-center-user":
      return userName ?? signInName(record) ?? textAt(objectAt(identity, "onBehalfOf"), "userId") ?? fallback;
    case "role":
      return userName ?? roleName ?? lastOfPath(arn) ?? fallback;
    case "federated-user":
      return sessionName ?? fallback;
    case "saml-user":
    case "web-identity-user":
      return joinProvider(userName ?? principalId, textAt(identity, "identityProvider")) ?? fallback;
    case "aws-account":
      return accountId === undefined ? fallback : `account ${accountId}`;
    case "aws-service":
      return textAt(identity, "invokedBy") ?? fallback;
    case "directory-user":
    case "unknown":
      return fallback;
    case "none":
      return textAt(record, "eventType") === "AwsCloudTrailInsight" ? "CloudTrail Insights" : kindNames.none;
  }
}

/** Two sign-in events of Identity Center name the user beside the request instead. */
function signInName(record: CloudTrailRecord): string | undefined {
  return (
    textAt(objectAt(record, "additionalEventData"), "UserName") ??
    textAt(objectAt(record, "additionalEventData"), "userName")
  );
}

/** Sessions say it themselves; a console sign-in says it in `additionalEventData.MFAUsed`, `Yes` or `No`. */
function mfaOf(record: CloudTrailRecord, session: Fields | undefined): boolean | undefined {
  const said: unknown =
    objectAt(session, "attributes")?.["mfaAuthenticated"] ?? objectAt(record, "additionalEventData")?.["MFAUsed"];
  return said === true || said === "true" || said === "Yes"
    ? true
    : said === false || said === "false" || said === "No"
      ? false
      : undefined;
}

function joinRole(role: string | undefined, session: string | undefined): string | undefined {
  return role === undefined ? session : session === undefined ? role : `${role} / ${session}`;
}

function joinProvider(user: string | undefined, provider: string | undefined): string | undefined {
  return user === undefined ? undefined : provider === undefined ? user : `${user} (${provider})`;
}

/** `part` 0 of `…:assumed-role/DevRole/build-42` is the role, 1 the session. */
function arnPart(arn: string | undefined, type: string, part: number): string | undefined {
  const [, rest] = arn?.split(`:${type}/`) ?? [];
  if (rest === undefined) {
    return undefined;
  }
  const slash = rest.indexOf("/");
  const found = slash < 0 ? [rest] : [rest.slice(0, slash), rest.slice(slash + 1)];
  return found[part] === "" ? undefined : found[part];
}

function lastOfPath(arn: string | undefined): string | undefined {
  const last = arn?.slice(arn.lastIndexOf("/") + 1);
  return last === "" ? undefined : last;
}

function afterColon(principalId: string | undefined): string | undefined {
  const colon = principalId?.indexOf(":") ?? -1;
  return colon < 0 ? undefined : principalId?.slice(colon + 1);
}

type Fields = Readonly<Record<string, unknown>>;

function objectAt(fields: Fields | undefined, key: string): Fields | undefined {
  const value = fields?.[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function textAt(fields: Fields | undefined, key: string): string | undefined {
  const value = fields?.[key];
  return typeof value === "string" && value !== "" ? value.slice(0, textCharactersMax) : undefined;
}
