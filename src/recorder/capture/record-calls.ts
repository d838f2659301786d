import { type ApiCall } from "../api-call.ts";
import { type Journal } from "../journal/journal.ts";
import { identitySeenFrom } from "./identity-seen-from.ts";
import { recordOf } from "./record-of.ts";

/** Makes ids that are never the same twice, whatever chance the world around is made with. */
export interface EventIds {
  uuid(): string;
}

/**
 * Records calls for each account that gets the record; resolves when they last. Whoever answers the caller waits for
 * this first, so that no call is answered that is not recorded.
 */
export function recordCalls(journal: Pick<Journal, "append">, calls: readonly ApiCall[], ids: EventIds): Promise<void> {
  return journal.append(
    calls.flatMap((call) => {
      // Who calls without a name, and touches nobody's resource, has no account that would get the record.
      const recipients = [...new Set(call.recipients)].filter((recipient) => /^\d{12}$/.test(recipient));
      const sharedEventId = recipients.length > 1 ? ids.uuid() : undefined;
      return recipients.map((recipientId, number) => ({
        at: call.at,
        recipientId,
        region: call.region,
        record: recordOf({ ...call, identity: identitySeenFrom(recipientId, call.identity) }, recipientId, {
          eventId: (number === 0 ? call.eventId : undefined) ?? ids.uuid(),
          ...(sharedEventId !== undefined && { sharedEventId }),
        }),
      }));
    }),
  );
}
