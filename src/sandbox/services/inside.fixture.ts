import { AwsError, type ServiceName } from "../../aws/index.ts";
import { type Caller } from "../caller.ts";
import { contextOf } from "../policy/context.ts";
import { evaluate } from "../policy/evaluate.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { type Call, type Need } from "../service.ts";
import { type Inside, type ServiceCall, type World } from "../world.ts";
import { testCall } from "./call.fixture.ts";

interface AnyOperation {
  needs(input: object, call: Call): readonly Need[];
  answer(input: object, call: Call): object | Promise<object>;
}

export interface TestInside extends Inside {
  /** What was called, in order. */
  readonly calls: { readonly as: ServiceCall; readonly operation: string; readonly input: object }[];
  /** Answered instead of the next calls, one each. */
  readonly faults: AwsError[];
  readonly services: Partial<Record<ServiceName, { readonly operations: object }>>;
}

/** Calls of services to one another, judged by the resource's policy as the made-up AWS does; a role's are let through. */
export function testInside(world: World): TestInside {
  const inside: TestInside = {
    calls: [],
    faults: [],
    services: {},
    async callAs(as, service, operation, input) {
      inside.calls.push({ as, operation, input });
      const fault = inside.faults.shift();
      if (fault !== undefined) throw fault;
      const operations = inside.services[service]?.operations as Readonly<Record<string, AnyOperation>> | undefined;
      const own = operations?.[operation];
      if (own === undefined) throw new AwsError("UnknownOperationException", operation);
      const call = testCall({ world, service, operation, region: as.region, caller: callerOf(as) });
      for (const need of own.needs(input, call)) if (as.roleArn === undefined) judge(as, need);
      return own.answer(input, call);
    },
  };
  return inside;
}

function judge(as: ServiceCall, need: Need): void {
  const policy = need.resourcePolicy === undefined ? undefined : readPolicy(need.resourcePolicy, { on: "resource" });
  const decision = evaluate({
    principal: { kind: "service", service: as.service },
    action: need.action,
    resource: need.resource,
    context: contextOf({ "aws:SourceArn": as.sourceArn, "aws:SourceAccount": as.sourceAccount, ...need.context }),
    identityPolicies: [],
    serviceControlPolicies: [],
    ...(policy?.ok === true ? { resourcePolicy: { name: "resource", policy: policy.policy } } : {}),
    resourceOwner: need.ownerId ?? as.sourceAccount,
    needsResourcePolicy: false,
    canonicalIdOf: (accountId) => accountId,
  });
  if (!decision.allowed)
    throw new AwsError(
      "AccessDenied",
      `${as.service} is not authorized to perform: ${need.action} on resource: ${need.resource}`,
      403,
    );
}

function callerOf(as: ServiceCall): Caller {
  return {
    accountId: as.sourceAccount,
    principalArn: as.service,
    arn: as.service,
    identity: { type: "AWSService", invokedBy: as.service },
    kind: "service",
    tags: {},
    sessionPolicies: [],
    context: { "aws:SourceArn": as.sourceArn, "aws:SourceAccount": as.sourceAccount },
  };
}
