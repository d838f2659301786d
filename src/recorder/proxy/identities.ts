import { readFile, stat } from "node:fs/promises";

import { type Collection, type LastingState } from "../../base/lasting.ts";
import { type UserIdentity } from "../../cloudtrail/index.ts";
import { RecorderError } from "../errors.ts";

/** A session that an answer told of, as it is kept; what opens it is not. */
export interface LearnedSession {
  readonly identity: UserIdentity;
  readonly expiresAt: number;
}

const sessionsMax = 10_000;
const fileBytesMax = 4 * 1024 * 1024;

/** Who stands behind the access keys, as far as anybody has told. */
export class Identities {
  readonly #accountId: string;
  readonly #told: ReadonlyMap<string, UserIdentity>;
  readonly #sessions: Collection<LearnedSession>;

  constructor(accountId: string, told: ReadonlyMap<string, UserIdentity>, state: LastingState) {
    this.#accountId = accountId;
    this.#told = told;
    this.#sessions = state.collection<LearnedSession>("recorder/learned-sessions");
  }

  /** Whose call it is: by the key that signed it, which nobody has verified here; without one anybody's. */
  find(accessKeyId: string | undefined): UserIdentity {
    if (accessKeyId === undefined) return anonymous;
    return (
      this.#told.get(accessKeyId) ??
      this.#sessions.get(accessKeyId)?.identity ?? {
        type: "IAMUser",
        principalId: accessKeyId,
        accountId: this.#accountId,
        accessKeyId,
      }
    );
  }

  learn(accessKeyId: string, session: LearnedSession, now: number): void {
    if (this.#sessions.size >= sessionsMax) this.#forget(now);
    if (this.#sessions.size < sessionsMax) this.#sessions.put(accessKeyId, session);
  }

  #forget(now: number): void {
    for (const [key, { expiresAt }] of [...this.#sessions.entries()]) if (expiresAt <= now) this.#sessions.delete(key);
  }
}

/** As CloudTrail writes calls to S3 without a signature (User Guide, "CloudTrail userIdentity element"). */
const anonymous: UserIdentity = { type: "AWSAccount", principalId: "", accountId: "anonymous" };

/** Reads a file of access keys and whose they are: `{"AKIA…": {"arn": "arn:aws:iam::111122223333:user/ana"}}`. */
export async function readIdentities(path: string): Promise<ReadonlyMap<string, UserIdentity>> {
  const identities = new Map<string, UserIdentity>();
  for (const [accessKeyId, said] of Object.entries(await readObject(path))) {
    if (!/^[\w-]{1,128}$/.test(accessKeyId)) throw notValid(path, `${shown(accessKeyId)} is no access key ID`);
    identities.set(accessKeyId, identityOf(path, accessKeyId, said));
  }
  return identities;
}

async function readObject(path: string): Promise<object> {
  try {
    if ((await stat(path)).size > fileBytesMax) throw new Error("It is larger than 4 MiB");
    const read: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof read !== "object" || read === null || Array.isArray(read)) throw new Error("It is no JSON object");
    return read;
  } catch (error) {
    throw notValid(path, error instanceof Error ? error.message : String(error), error);
  }
}

const memberNames = ["arn", "accountId", "userName", "principalId", "type"] as const;

type Said = { readonly [Name in (typeof memberNames)[number]]?: string };

function identityOf(path: string, accessKeyId: string, value: unknown): UserIdentity {
  const said = readSaid(path, accessKeyId, value);
  const [, , service = "", , arnAccount = "", resource = ""] = said.arn?.split(":") ?? [];
  const accountId = said.accountId ?? arnAccount;
  if (!/^\d{12}$/.test(accountId))
    throw notValid(path, `${accessKeyId} has neither an arn with an account nor an accountId of 12 digits`);
  const [kind = "", ...names] = resource.split("/");
  const known = { accountId, accessKeyId, ...(said.arn !== undefined && { arn: said.arn }) };
  const principalId = said.principalId ?? accessKeyId;
  if (service === "iam" && kind === "root") return { type: "Root", ...known, principalId: accountId };
  if (service === "sts" && kind === "assumed-role") {
    const [roleName = "", sessionName = ""] = names;
    return roleSession({ ...known, principalId: said.principalId ?? `${roleName}:${sessionName}`, roleName });
  }
  const userName = said.userName ?? names.at(-1);
  return { type: said.type ?? "IAMUser", principalId, ...known, ...(userName !== undefined && { userName }) };
}

function readSaid(path: string, accessKeyId: string, value: unknown): Said {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw notValid(path, `What stands at ${accessKeyId} is no object`);
  for (const [name, text] of Object.entries(value)) {
    // Somebody may have put a secret there: its value is not shown.
    if (!memberNames.some((known) => known === name))
      throw notValid(path, `${shown(name)} at ${accessKeyId} is none of ${memberNames.join(", ")}`);
    if (typeof text !== "string" || text === "" || text.length > 2048)
      throw notValid(path, `${name} at ${accessKeyId} is no text`);
  }
  return value;
}

/** A session of a role; of the role itself is said what its session's names tell. */
export function roleSession(session: {
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly principalId: string;
  readonly roleName: string;
  readonly arn?: string;
  readonly roleArn?: string;
  readonly createdAt?: number;
}): UserIdentity {
  const { accountId, accessKeyId, principalId, roleName, arn, createdAt } = session;
  const partition = arn?.split(":")[1] ?? "aws";
  return {
    type: "AssumedRole",
    principalId,
    ...(arn !== undefined && { arn }),
    accountId,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: principalId.split(":")[0] ?? "",
        arn: session.roleArn ?? `arn:${partition}:iam::${accountId}:role/${roleName}`,
        accountId,
        userName: roleName,
      },
      attributes: {
        ...(createdAt !== undefined && { creationDate: `${new Date(createdAt).toISOString().slice(0, 19)}Z` }),
        mfaAuthenticated: "false",
      },
    },
  };
}

function notValid(path: string, why: string, cause?: unknown): RecorderError {
  return new RecorderError(`The identities in ${path} cannot be used: ${why}`, {
    code: "identities-not-valid",
    fault: "user",
    help: 'Write {"AKIAIOSFODNN7EXAMPLE": {"arn": "arn:aws:iam::111122223333:user/ana"}}',
    details: { path },
    ...(cause !== undefined && { cause }),
  });
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
