import { readText, readTz, type Address } from "../../../parts/read-address.ts";

/** What the address says of the log of deliveries. */
export interface DeliveriesState {
  readonly channel?: string | undefined;
  readonly status?: string | undefined;
  readonly tz?: "local" | undefined;
}

export const deliveryStatuses = ["delivered", "failed", "given up"] as const;

export function readDeliveriesState(address: Address): DeliveriesState {
  return {
    channel: readText(address, "channel"),
    status: deliveryStatuses.find((each) => each === address["status"]),
    tz: readTz(address),
  };
}
