import { keyOf } from "../../base/lasting.ts";
import { type Caller } from "../caller.ts";
import { type CredentialLookup } from "../front/credentials.ts";
import { type Call } from "../service.ts";
import { type ServiceCall, type World } from "../world.ts";
import { type AccountBook } from "./accounts.ts";
import { createAuthorizer, type PolicyAuthorizer } from "./authorizer.ts";
import { callerOfSession, serviceCaller } from "./callers.ts";
import { createCredentialLookup } from "./credentials.ts";
import { type Directory, openDirectory } from "./directory.ts";
import { ensureAdministrator, ensureRootKey, type KeyPair } from "./first-keys.ts";
import { type OrganizationBook, openOrganizations } from "./organization-book.ts";
import { createPolicyTexts, type PolicyTexts } from "./policy-texts.ts";
import { openSessions, type Sessions } from "./sessions.ts";
import { type Session } from "./things.ts";
import { currentTrust } from "./trust-policy.ts";
import { recordUse } from "./usage.ts";

/** Who is who in the made-up AWS, and who may do what. */
export interface Identity {
  readonly accounts: AccountBook;
  readonly directory: Directory;
  readonly organizations: OrganizationBook;
  readonly sessions: Sessions;
  readonly texts: PolicyTexts;
  readonly credentials: CredentialLookup;
  readonly authorizer: PolicyAuthorizer;
  /** A key of the account's root: the one that is there, or a new one. */
  rootKey(accountId: string): KeyPair;
  /** A key of a user with all rights, `admin` where no name is given. */
  administrator(accountId: string, userName?: string): KeyPair;
  /** A service of AWS as a caller. */
  serviceCaller(as: ServiceCall): Caller;
  /**
   * A session of a role for a service that the role trusts, such as CloudTrail's for CloudWatch Logs; undefined when
   * there is no such role or it does not trust the service. No call and no record of it is made.
   */
  assumeAsService(as: ServiceCall, roleArn: string, sessionName: string): Caller | undefined;
  /** Keeps when key and role were last used; called when a call has ended. */
  recordUse(call: Pick<Call, "caller" | "service" | "region" | "at">): void;
}

/** Opens the identities that last in a world whose accounts are `accounts`. */
export function openIdentity(world: Pick<World, "state" | "clock" | "random">, accounts: AccountBook): Identity {
  const directory = openDirectory(world.state);
  const organizations = openOrganizations(world.state);
  const texts = createPolicyTexts();
  const sessions = openSessions(world, directory);
  const authorizer = createAuthorizer(directory, organizations, texts);
  /** What services hold, by role and name of the session, so that not each of their calls makes another. */
  const held = new Map<string, Session>();
  return {
    accounts,
    directory,
    organizations,
    sessions,
    texts,
    credentials: createCredentialLookup(directory, world.clock),
    authorizer,
    rootKey: (accountId) => ensureRootKey(world, directory, accountId),
    administrator: (accountId, userName = "admin") => ensureAdministrator(world, directory, accountId, userName),
    serviceCaller,
    assumeAsService(as, roleArn, sessionName) {
      const role = directory.roleByArn(roleArn);
      if (role === undefined) return undefined;
      const call = callOf(serviceCaller(as), as, world.clock.now());
      const need = {
        action: "sts:AssumeRole",
        resource: roleArn,
        resourcePolicy: currentTrust(role, directory),
        ownerId: role.accountId,
      };
      if (!authorizer.decide(call, need).allowed) return undefined;
      const heldAs = keyOf(role.id, sessionName);
      const before = held.get(heldAs);
      const isFresh = before !== undefined && before.expiresAt - call.at > renewedMilliseconds;
      const session = isFresh
        ? before
        : sessions.issue({
            accountId: role.accountId,
            of: { kind: "role", roleName: role.name, roleId: role.id, sessionName },
            policies: [],
            tags: [],
            transitiveTagKeys: [],
            durationSeconds: 3600,
          });
      held.set(heldAs, session);
      return callerOfSession(session, directory, call.at);
    },
    recordUse: (call) => recordUse(directory, call),
  };
}

/** How long before its end a session that a service holds is made anew. */
const renewedMilliseconds = 5 * 60 * 1000;

function callOf(caller: Caller, as: ServiceCall, at: number): Call {
  return {
    service: "sts",
    operation: "AssumeRole",
    accountId: caller.accountId,
    region: as.region,
    caller,
    at,
    requestId: "",
    sourceIp: as.service,
    userAgent: as.service,
    body: undefined,
    note: () => undefined,
  };
}
