import { type Envelope } from "./envelope.ts";

/** Marks an input of PutEvents that another bus sends: no request over the wire can have it. */
const forwarded = Symbol("forwarded");

/** An input of PutEvents that hands an event on as it is: account, region and time of where it happened stay. */
export function forwardEntry(busArn: string, envelope: Envelope): object {
  const entry = {
    EventBusName: busArn,
    Source: envelope.source,
    DetailType: envelope.detailType,
    Detail: JSON.stringify(envelope.detail),
    Resources: [...envelope.resources],
    Time: new Date(envelope.at),
  };
  return { Entries: [entry], [forwarded]: { ...envelope, hops: envelope.hops + 1 } };
}

/** The event that an input hands on, if it comes from another bus. */
export function forwardedIn(input: object): Envelope | undefined {
  return (input as { readonly [forwarded]?: Envelope })[forwarded];
}
