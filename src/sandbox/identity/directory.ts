import { type Collection, keyOf, type LastingState } from "../../base/lasting.ts";
import { findAwsManagedPolicy } from "./aws-managed-policies.ts";
import { entityArn, parseEntityArn } from "./entity-arn.ts";
import {
  type AccessKey,
  type Account,
  type Group,
  type IdentityProvider,
  type InstanceProfile,
  type ManagedPolicy,
  type MfaDevice,
  type Role,
  type Session,
  type User,
} from "./things.ts";

/** Things of accounts that are found by name. Names differ by more than case, says IAM, but are found as written. */
export interface Named<Thing extends { readonly accountId: string; readonly name: string }> {
  get(accountId: string, name: string): Thing | undefined;
  /** Whether the name is taken, in whatever case. */
  isTaken(accountId: string, name: string): boolean;
  put(thing: Thing): void;
  delete(thing: Thing): void;
  /** All of an account, in the order of their names. */
  of(accountId: string): Iterable<Thing>;
}

/** Everything that IAM and STS know. */
export interface Directory {
  readonly accounts: Collection<Account>;
  readonly users: Named<User>;
  readonly groups: Named<Group>;
  readonly roles: Named<Role>;
  readonly policies: Named<ManagedPolicy>;
  readonly instanceProfiles: Named<InstanceProfile>;
  readonly mfaDevices: Named<MfaDevice>;
  /** By access key id. */
  readonly accessKeys: Collection<AccessKey>;
  /** By access key id. */
  readonly sessions: Collection<Session>;
  /** By ARN. */
  readonly providers: Collection<IdentityProvider>;
  /** The keys of a user, or of the root when no name is given. */
  keysOf(accountId: string, userName: string | undefined): readonly AccessKey[];
  /** A managed policy by its ARN: the account's own or AWS's. */
  policy(arn: string): ManagedPolicy | undefined;
  userByArn(arn: string): User | undefined;
  roleByArn(arn: string): Role | undefined;
  groupsOf(user: User): readonly Group[];
}

/** Opens what lasts of IAM and STS. */
export function openDirectory(state: LastingState): Directory {
  const users = openNamed<User>(state, "iam/users");
  const groups = openNamed<Group>(state, "iam/groups");
  const roles = openNamed<Role>(state, "iam/roles");
  const policies = openNamed<ManagedPolicy>(state, "iam/policies");
  const accessKeys = state.collection<AccessKey>("iam/access-keys");
  return {
    accounts: state.collection<Account>("accounts"),
    users,
    groups,
    roles,
    policies,
    instanceProfiles: openNamed<InstanceProfile>(state, "iam/instance-profiles"),
    mfaDevices: openNamed<MfaDevice>(state, "iam/mfa-devices"),
    accessKeys,
    sessions: state.collection<Session>("sts/sessions"),
    providers: state.collection<IdentityProvider>("iam/providers"),
    keysOf: (accountId, userName) =>
      [...accessKeys.values()].filter((key) => key.accountId === accountId && key.userName === userName),
    policy: (arn) => findAwsManagedPolicy(arn) ?? byArn(policies, "policy", arn),
    userByArn: (arn) => byArn(users, "user", arn),
    roleByArn: (arn) => byArn(roles, "role", arn),
    groupsOf: (user) => [...groups.of(user.accountId)].filter((group) => user.groupIds.includes(group.id)),
  };
}

function byArn<Thing extends { readonly accountId: string; readonly name: string; readonly path: string }>(
  things: Named<Thing>,
  kind: "user" | "role" | "policy",
  arn: string,
): Thing | undefined {
  const address = parseEntityArn(arn);
  if (address?.kind !== kind) return undefined;
  const thing = things.get(address.accountId, address.name);
  return thing !== undefined && entityArn(kind, thing) === arn ? thing : undefined;
}

function openNamed<Thing extends { readonly accountId: string; readonly name: string }>(
  state: LastingState,
  collectionName: string,
): Named<Thing> {
  const things = state.collection<Thing>(collectionName);
  const key = (accountId: string, name: string) => keyOf(accountId, name.toLowerCase());
  return {
    get(accountId, name) {
      const thing = things.get(key(accountId, name));
      return thing?.name === name ? thing : undefined;
    },
    isTaken: (accountId, name) => things.has(key(accountId, name)),
    put: (thing) => things.put(key(thing.accountId, thing.name), thing),
    delete: (thing) => void things.delete(key(thing.accountId, thing.name)),
    of: (accountId) => things.values(keyOf(accountId, "")),
  };
}
