import { onBehalfOf, serviceCaller, type Caller } from "./callers.ts";
import type { Operation } from "./operations/operation.ts";
import type { Random } from "./random.ts";

const keyUsers = ["AWS Internal", "s3.amazonaws.com", "secretsmanager.amazonaws.com"];
const roleUsers = ["ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com"].map(serviceCaller);
const derived = new WeakMap<Caller, readonly Caller[]>();

/** Keys are mostly used, and roles mostly assumed, by a service: on somebody's behalf or for itself. */
export function throughService(random: Random, operation: Operation, caller: Caller): Caller {
  if (operation.source === "kms.amazonaws.com" && caller.tls !== "none" && random.chance(0.85)) {
    let callers = derived.get(caller);
    if (callers === undefined) {
      callers = keyUsers.map((service) => onBehalfOf(caller, service));
      derived.set(caller, callers);
    }
    return random.pick(callers);
  }
  return operation.id === "sts:AssumeRole" && random.chance(0.8) ? random.pick(roleUsers) : caller;
}
