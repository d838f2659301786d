import { type TrailAddress } from "../../recorder/index.ts";
import { type Parameters } from "./parameters.ts";

/** Parameters that all faults of deliveries have: which of them they are done to. */
export const selection = {
  share: { kind: "share", summary: "Which share of them is hit", default: 1 },
  region: { kind: "text", summary: "Only those of this region", default: "" },
  trail: { kind: "text", summary: "Only those of the trail with this ARN", default: "" },
} as const satisfies Parameters;

/** Whether a delivery is among those that are hit. */
export function isHit(
  values: { readonly share: number; readonly region: string; readonly trail: string },
  trail: TrailAddress,
  random: { next(): number },
): boolean {
  if (values.region !== "" && values.region !== trail.region) return false;
  if (values.trail !== "" && values.trail !== trail.arn) return false;
  return values.share >= 1 || random.next() < values.share;
}
