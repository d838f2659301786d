import { type BusEvent } from "../../../recorder/index.ts";
import { defineService, type Service } from "../../service.ts";
import { type Inside, type World } from "../../world.ts";
import { type DeliveryFailure } from "../deliveries/delivery-failures.ts";
import { busOperations } from "./bus-operations.ts";
import { BusRouter } from "./bus-router.ts";
import { readObject } from "./envelope.ts";
import { tagOperations } from "./event-tags.ts";
import { type EventsParts } from "./events-needs.ts";
import { putEventsOperation } from "./put-events.ts";
import { openEventsStore } from "./rule.ts";
import { ruleOperations } from "./rule-operations.ts";
import { Scheduler } from "./scheduler.ts";
import { targetOperations } from "./target-operations.ts";

/** EventBridge, and what the recorder, other services and the control API ask of it beyond AWS's operations. */
export interface EventsService extends Service<"events">, AsyncDisposable {
  /** Hands an event of AWS itself to the default bus of an account and region. More than 256 KB is not delivered. */
  putBusEvent(
    accountId: string,
    region: string,
    event: BusEvent & { readonly resources?: readonly string[] },
  ): Promise<void>;
  /** What could not be delivered: how many, and the newest thousand. */
  deliveryFailures(): { readonly total: number; readonly waiting: number; readonly newest: readonly DeliveryFailure[] };
}

/** EventBridge User Guide, "Events from AWS services via CloudTrail". */
const detailBytesMax = 262_144;

/** Buses, rules and targets, as EventBridge has them; archives, pipes and API destinations are not part of it. */
export function eventsService(world: World, inside: Inside): EventsService {
  const store = openEventsStore(world);
  const router = new BusRouter(store, inside);
  const scheduler = new Scheduler(store, router);
  const parts: EventsParts = { store, router, scheduler };
  return {
    ...defineService("events", {
      ...busOperations(parts),
      ...ruleOperations(parts),
      ...targetOperations(parts),
      ...tagOperations(parts),
      ...putEventsOperation(parts),
    }),
    async putBusEvent(accountId, region, event) {
      const detail = Buffer.byteLength(event.detail) > detailBytesMax ? undefined : readObject(event.detail);
      const { detailType, source, at, isReadOnlyManagement } = event;
      const id = world.random.uuid();
      if (detail === undefined) {
        const message = `The event's detail is longer than ${detailBytesMax} bytes, or no JSON object`;
        router.failures.add({
          at,
          sourceArn: `${source}: ${detailType}`,
          target: `arn:aws:events:${region}:${accountId}:event-bus/default`,
          messageId: id,
          code: "EventNotDelivered",
          message,
          attempts: 0,
        });
        return;
      }
      const envelope = {
        id,
        detailType,
        source,
        account: accountId,
        at,
        region,
        resources: event.resources ?? [],
        detail,
        takenAt: world.clock.now(),
        isReadOnlyManagement,
        hops: 0,
      };
      await router.route({ accountId, region, name: "default" }, envelope);
    },
    deliveryFailures: () => ({ total: router.failures.total, waiting: router.waiting, newest: router.failures.list() }),
    async [Symbol.asyncDispose]() {
      await scheduler[Symbol.asyncDispose]();
      await router[Symbol.asyncDispose]();
    },
  };
}
