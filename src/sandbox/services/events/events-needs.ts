import { type Call, type Need } from "../../service.ts";
import { type BusRouter } from "./bus-router.ts";
import { type BusAddress, busArn, type EventsStore, findBus, readBusName, ruleArn } from "./rule.ts";
import { type Scheduler } from "./scheduler.ts";

/** What EventBridge's operations work with. */
export interface EventsParts {
  readonly store: EventsStore;
  readonly router: BusRouter;
  readonly scheduler: Scheduler;
}

/** What somebody has to be allowed on a bus; its policy speaks too. */
export function onBus(
  { store }: EventsParts,
  action: string,
  name: string | undefined,
  call: Call,
  context: Readonly<Record<string, string>> = {},
): readonly Need[] {
  const address = readBusName(name, call);
  return [
    {
      action: `events:${action}`,
      resource: busArn(address),
      ownerId: address.accountId,
      context,
      ...policyOf(store, address),
    },
  ];
}

/** What somebody has to be allowed on a rule; the policy of its bus speaks too. */
export function onRule(
  { store }: EventsParts,
  action: string,
  input: { readonly EventBusName?: string | undefined },
  name: string | undefined,
  call: Call,
): readonly Need[] {
  const address = readBusName(input.EventBusName, call);
  return [
    {
      action: `events:${action}`,
      resource: ruleArn(address, name ?? ""),
      ownerId: address.accountId,
      ...policyOf(store, address),
    },
  ];
}

function policyOf(store: EventsStore, address: BusAddress): { readonly resourcePolicy?: string } {
  const policy = findBus(store, address)?.policy;
  return policy === undefined ? {} : { resourcePolicy: policy };
}
