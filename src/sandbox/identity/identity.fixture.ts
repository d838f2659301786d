import assert from "node:assert/strict";
import { AwsError, type InputOf, type OperationName, type OutputOf, type ServiceName } from "../../aws/index.ts";
import { type CallNote } from "../../recorder/index.ts";
import { type Caller } from "../caller.ts";
import { type Operation } from "../service.ts";
import { iamService } from "../services/iam/iam-service.ts";
import { organizationsService } from "../services/organizations/organizations-service.ts";
import { stsService } from "../services/sts/sts-service.ts";
import { testAccount, testCall, type TestWorld, testWorld } from "../services/call.fixture.ts";
import { openAccounts } from "./accounts.ts";
import { type Identity, openIdentity } from "./open-identity.ts";
import { type KeyPair } from "./first-keys.ts";

export const own = testAccount;
export const foreign = "444455556666";
/** What each call of a test gives to the notes of its record, the last call's. */
interface Called {
  notes: readonly CallNote[];
}

type Tested = "iam" | "sts" | "organizations";

export interface TestIdentity {
  readonly world: TestWorld;
  readonly identity: Identity;
  readonly root: Caller;
  readonly admin: Caller;
  readonly foreignAdmin: Caller;
  readonly last: Called;
  /** Makes a call as the front does: policies first, then the operation. */
  readonly call: <S extends Tested, Name extends OperationName<S>>(
    caller: Caller,
    service: S,
    operation: Name,
    input: InputOf<S, Name>,
  ) => OutputOf<S, Name>;
  /** Who holds a key. */
  readonly callerOf: (key: { readonly accessKeyId: string }, sessionToken?: string) => Caller;
  /** Makes a user with one inline policy and gives its caller. */
  readonly user: (name: string, statements: readonly object[], accountId?: string) => Caller;
}

/** Two accounts with an administrator each, and IAM, STS and Organizations over them. */
export function testIdentity(): TestIdentity {
  const world = testWorld();
  const accounts = openAccounts(world.state, () => world.clock.now());
  accounts.create(own, { name: "Example", email: "example@example.com" });
  accounts.create(foreign, { name: "Other", email: "other@example.com" });
  const identity = openIdentity(world, accounts);
  const services = {
    iam: iamService(world, identity),
    sts: stsService(identity),
    organizations: organizationsService(world, identity),
  };
  const last: Called = { notes: [] };
  const callerOf: TestIdentity["callerOf"] = (key, sessionToken) => {
    const found = identity.credentials.find(key.accessKeyId, sessionToken);
    assert.ok("kind" in found && found.kind === "found", JSON.stringify(found));
    return found.caller;
  };
  const call: TestIdentity["call"] = (caller, service, operation, input) => {
    const made = testCall({ world, caller, service: service as ServiceName, operation });
    const { operations } = services[service] as unknown as {
      readonly operations: Readonly<Record<string, Operation<object, object>>>;
    };
    const handler = operations[operation];
    assert.ok(handler !== undefined, `There is no ${operation}`);
    for (const need of handler.needs(input as object, made)) {
      const answer = identity.authorizer.authorize(made, need);
      if (!answer.allowed) throw new AwsError("AccessDenied", answer.message, 403);
    }
    try {
      return handler.answer(input as object, made);
    } finally {
      last.notes = made.notes;
    }
  };
  const caller = (key: KeyPair) => callerOf(key);
  const admin = caller(identity.administrator(own));
  const foreignAdmin = caller(identity.administrator(foreign));
  return {
    world,
    identity,
    root: caller(identity.rootKey(own)),
    admin,
    foreignAdmin,
    last,
    call,
    callerOf,
    user(name, statements, accountId = own) {
      const by = accountId === own ? admin : foreignAdmin;
      call(by, "iam", "CreateUser", { UserName: name });
      if (statements.length > 0) {
        const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statements });
        call(by, "iam", "PutUserPolicy", { UserName: name, PolicyName: "own", PolicyDocument });
      }
      const { AccessKey } = call(by, "iam", "CreateAccessKey", { UserName: name });
      return callerOf({ accessKeyId: AccessKey?.AccessKeyId ?? "" });
    },
  };
}

/** Runs what AWS refuses; the error's code, and its sentence. */
export function refusal(action: () => unknown): readonly [code: string, message: string] {
  try {
    action();
  } catch (error) {
    if (error instanceof AwsError) return [error.code, error.message];
    throw error;
  }
  return ["", "done"];
}
