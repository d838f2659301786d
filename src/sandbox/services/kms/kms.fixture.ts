import { AwsError, type InputOf, type OperationName, type OutputOf } from "../../../aws/index.ts";
import { type CallNote } from "../../../recorder/index.ts";
import { canonicalIdOf } from "../../identity/unique-ids.ts";
import { contextOf } from "../../policy/context.ts";
import { evaluate } from "../../policy/evaluate.ts";
import { type Principal } from "../../policy/principal.ts";
import { readPolicy } from "../../policy/read-policy.ts";
import { type Call, type Need, type Operation } from "../../service.ts";
import { testCall, testWorld, type TestWorld } from "../call.fixture.ts";
import { kmsService } from "./kms-service.ts";

export interface TestKms {
  readonly world: TestWorld;
  /** Makes a call as the front does: needs, then policies, then the answer. */
  readonly call: <Name extends OperationName<"kms">>(
    name: Name,
    input: InputOf<"kms", Name>,
    options?: Partial<Omit<Call, "note" | "body">>,
  ) => Promise<OutputOf<"kms", Name>>;
  /** The notes of the last call. */
  readonly notes: readonly CallNote[];
}

/** A KMS of its own for a test. Callers may do everything by their own policies: a key's policy decides the rest. */
export function testKms(): TestKms {
  const world = testWorld();
  const service = kmsService(world, {
    authorize: (call, need) => (may(call, need) ? { allowed: true } : { allowed: false, message: need.action }),
    knowsPrincipal: (arn) => !arn.includes("nobody"),
  });
  let notes: readonly CallNote[] = [];
  return {
    world,
    get notes() {
      return notes;
    },
    async call(name, input, options = {}) {
      const operations = service.operations as Readonly<Record<string, Operation | undefined>>;
      const operation = operations[name];
      if (operation === undefined) throw new Error(`${name} is not there`);
      const call = testCall({ service: "kms", operation: name, world, ...options });
      notes = call.notes;
      for (const need of operation.needs(input as never, call)) {
        if (!may(call, need)) throw new AwsError("AccessDeniedException", need.action);
      }
      return (await operation.answer(input as never, call)) as never;
    },
  };
}

const everything = readPolicy(
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
  { on: "identity" },
);

function may({ caller, accountId }: Call, need: Need): boolean {
  const read = need.resourcePolicy === undefined ? undefined : readPolicy(need.resourcePolicy, { on: "resource" });
  const principal: Principal =
    caller.kind === "service"
      ? { kind: "service", service: caller.principalArn }
      : { kind: "user", accountId: caller.accountId, arn: caller.arn };
  return evaluate({
    principal,
    action: need.action,
    resource: need.resource,
    context: contextOf(caller.context, need.context ?? {}),
    identityPolicies: everything.ok ? [{ name: "all", policy: everything.policy }] : [],
    serviceControlPolicies: [],
    resourcePolicy: read?.ok === true ? { name: "key", policy: read.policy } : undefined,
    resourceOwner: need.ownerId ?? accountId,
    needsResourcePolicy: need.resourcePolicy !== undefined,
    canonicalIdOf,
  }).allowed;
}

/** An assertion on the error that AWS would answer. */
export function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof AwsError && error.code === code;
}
