/** What the address says of the log of deliveries. */
export interface DeliveriesState {
  readonly channel?: string | undefined;
  readonly status?: string | undefined;
  readonly tz?: "local" | undefined;
}

export const deliveryStatuses = ["delivered", "failed", "given up"] as const;

export function readDeliveriesState(search: Readonly<Record<string, unknown>>): DeliveriesState {
  const { channel, status } = search;
  return {
    channel: typeof channel === "string" && channel !== "" ? channel.slice(0, 200) : undefined,
    status: deliveryStatuses.find((each) => each === status),
    tz: search["tz"] === "local" ? "local" : undefined,
  };
}
