import { placesOf } from "../evidence/evidence.ts";
import type { IncidentOptions } from "../options.ts";
import type { Part } from "../part.ts";
import type { ToldFinding } from "./details.ts";

/** Events of one finding, and of all of them together, that are looked at. */
const ofOneMax = 1_000;
const ofAllMax = 20_000;

/** The findings with their events, each event once, oldest first. */
export async function evidenceOf(
  parts: readonly { readonly finding: string; readonly part: Part }[],
  { findings }: Pick<IncidentOptions, "findings">,
): Promise<ToldFinding[]> {
  const told: ToldFinding[] = [];
  let left = ofAllMax;
  for (const { finding, part } of parts) {
    const hits = left > 0 ? await findings.hitsOf(finding, Math.min(ofOneMax, left)) : [];
    const events = new Map(hits.flatMap(placesOf).map((place) => [place.key, place]));
    left -= events.size;
    told.push({ finding, part, events: [...events.values()].slice(0, ofOneMax) });
  }
  return told;
}
