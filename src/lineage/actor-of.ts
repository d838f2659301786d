import { type ActorDescription, type CloudTrailRecord, describeIdentity } from "../cloudtrail/index.ts";
import type { Actor } from "./actor.ts";
import { namesPerson } from "./session-name.ts";

/** What the caller is, and what it is known by. */
type Known = Pick<Actor, "key" | "kind" | "name">;

// a failed sign-in with a name that no user has; CloudTrail hides it, for it may be a password
const hiddenName = "HIDDEN_DUE_TO_SECURITY_REASONS";
const anonymous = /^anonymous(?:_principal)?$/i;
const keyCharactersMax = 512;

/**
 * Says who an event is by. Total: what has no identity, as aggregated and Insights events have none, is the unknown
 * caller of its account. All texts are the log's own, cut but not escaped.
 */
export function actorOf(record: unknown): Actor {
  const told = isRecord(record) ? record : {};
  const caller = describeIdentity(told);
  const accountId = caller.accountId ?? textOf(told.recipientAccountId) ?? textOf(told.accountId) ?? "";
  const { key, kind, name } = knownAs({ record: told, caller, accountId });
  return {
    key: key.slice(0, keyCharactersMax),
    kind,
    name,
    accountId,
    arn: caller.principalArn ?? "",
    accessKey: caller.accessKeyId ?? "",
    sourceIdentity: caller.sourceIdentity ?? "",
  };
}

interface Told {
  readonly record: CloudTrailRecord;
  readonly caller: ActorDescription;
  readonly accountId: string;
}

function knownAs(told: Told): Known {
  const { caller, accountId, record } = told;
  const identity = record.userIdentity ?? {};
  switch (caller.kind) {
    case "root":
      return { key: `root/${accountId}`, kind: "root", name: `root of ${accountId}` };
    case "iam-user":
      return knownUser(told);
    case "role":
    case "role-session":
    case "identity-center-session":
      return knownRole(told);
    case "federated-user":
      return knownFederated(told);
    case "identity-center-user":
    case "directory-user":
      return knownPerson(told);
    case "saml-user":
    case "web-identity-user": {
      const kind = caller.kind === "saml-user" ? "saml" : "web-identity";
      const user = textOf(identity.userName) ?? textOf(identity.principalId) ?? "";
      return { key: `${kind}/${textOf(identity.identityProvider) ?? accountId}/${user}`, kind, name: caller.name };
    }
    case "aws-service":
      return { key: caller.name, kind: "service", name: caller.name };
    case "aws-account":
      return knownAccount(told);
    case "unknown":
    case "none":
      return knownByLittle(told);
  }
}

function knownUser(told: Told): Known {
  const { caller, accountId } = told;
  const name = lastOf(caller.principalArn) ?? textOf(told.record.userIdentity?.userName);
  if (name === undefined || name === hiddenName) {
    return knownByLittle(told);
  }
  return { key: iamArn(told, "user", name, accountId), kind: "user", name };
}

/** A person who stands behind a role is an actor of their own; everything else that bears the role is one. */
function knownRole(told: Told): Known {
  const { caller, accountId } = told;
  const role = caller.roleName ?? lastOf(caller.kind === "role" ? caller.principalArn : caller.issuerArn);
  if (role === undefined) {
    return knownByLittle(told);
  }
  const key = iamArn(told, "role", role, accountId);
  const session = caller.sessionName;
  const person = personBehind(caller);
  const shown = caller.kind === "identity-center-session" ? caller.name.split(" / ", 1).join("") : role;
  const name = session === undefined ? shown : `${shown} (${session})`;
  return person === undefined ? { key, kind: "role", name } : { key: `${key}/${person}`, kind: "person", name };
}

/** The source identity comes first: a session's name is chosen anew at each step of a chain of roles. */
function personBehind(caller: ActorDescription): string | undefined {
  const { kind, sourceIdentity, sessionName } = caller;
  if (sourceIdentity !== undefined && namesPerson(sourceIdentity)) {
    return sourceIdentity;
  }
  const isPerson = kind === "identity-center-session" || (sessionName !== undefined && namesPerson(sessionName));
  return isPerson && sessionName !== caller.roleName ? sessionName : undefined;
}

/** Who asked for a federation token gives it a name; by a name that is no person's it is whoever asked. */
function knownFederated(told: Told): Known {
  const { caller, accountId } = told;
  const session = caller.sessionName ?? "";
  if (namesPerson(session)) {
    const key = `arn:${partitionOf(caller.principalArn)}:sts::${accountId}:federated-user/${session}`;
    return { key, kind: "person", name: session };
  }
  const issuer = caller.issuerArn;
  if (issuer?.endsWith(":root") === true) {
    return { key: `root/${accountId}`, kind: "root", name: `root of ${accountId} (${session})` };
  }
  const user = lastOf(issuer);
  return user === undefined
    ? knownByLittle(told)
    : { key: iamArn(told, "user", user, accountId), kind: "user", name: `${user} (${session})` };
}

function knownPerson(told: Told): Known {
  const { caller, record, accountId } = told;
  const directory = caller.kind === "directory-user" ? `directory/${accountId}` : "identity-center";
  const id = textOf(record.userIdentity?.onBehalfOf?.userId) ?? caller.name;
  return { key: `${directory}/${id}`, kind: "person", name: caller.name };
}

/** Of another account a record tells the id of user or role alone; a session's name after it changes. */
function knownAccount({ record, caller, accountId }: Told): Known {
  const [principal = ""] = (textOf(record.userIdentity?.principalId) ?? "").split(":", 1);
  if (anonymous.test(accountId) || anonymous.test(principal)) {
    return { key: "account/anonymous", kind: "account", name: "anonymous" };
  }
  const id = principal === accountId || principal === "" ? "" : `/${principal}`;
  return { key: `account/${accountId}${id}`, kind: "account", name: caller.name };
}

/** Events of one account that do not tell their caller are one caller's, as far as anybody can tell. */
function knownByLittle({ record, caller, accountId }: Told): Known {
  const userName = textOf(record.userIdentity?.userName);
  if (userName === hiddenName) {
    return { key: `unknown/${accountId}/${hiddenName}`, kind: "unknown", name: "a name that no user has" };
  }
  const told = caller.principalArn ?? userName ?? textOf(record.userIdentity?.principalId);
  return { key: `unknown/${accountId}${told === undefined ? "" : `/${told}`}`, kind: "unknown", name: caller.name };
}

/**
 * ARN of a user or a role without its path. Names are unique without it, and records tell it in some places only:
 * a session's own ARN has none, nor has a failed sign-in, which tells the name alone.
 */
function iamArn(told: Told, kind: "user" | "role", name: string, accountId: string): string {
  return `arn:${partitionOf(told.caller.principalArn ?? told.caller.issuerArn)}:iam::${accountId}:${kind}/${name}`;
}

function partitionOf(arn: string | undefined): string {
  return /^arn:(aws[a-z-]{0,20}):/.exec(arn ?? "")?.[1] ?? "aws";
}

function lastOf(arn: string | undefined): string | undefined {
  const last = arn?.slice(arn.lastIndexOf("/") + 1);
  return arn === undefined || !arn.includes("/") || last === "" ? undefined : last;
}

const textCharactersMax = 256;

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, textCharactersMax) : undefined;
}

function isRecord(value: unknown): value is CloudTrailRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
