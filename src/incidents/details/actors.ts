import { actorOf, type Actor, type Lineage } from "../../lineage/index.ts";
import type { IncidentRow } from "../../state/index.ts";
import { isSomebody, storyKey } from "../evidence/story-keys.ts";
import type { ActorProfile } from "../incident.ts";
import type { IncidentOptions, KnownOfActor } from "../options.ts";
import { nameOf } from "../stored.ts";
import type { ToldFinding } from "./details.ts";
import type { ToldEvent } from "./timeline.ts";

const actorsMax = 3;
const othersMax = 20;
const dayMs = 86_400_000;

interface Told {
  readonly row: IncidentRow;
  readonly told: readonly ToldFinding[];
  readonly wholes: readonly ToldEvent[];
}

/** What is known of those that an incident is about, those of the worst findings first. */
export async function profilesOf(told: Told, options: IncidentOptions, signal: AbortSignal): Promise<ActorProfile[]> {
  const profiles: ActorProfile[] = [];
  for (const { actor, record } of actorsOf(told)) {
    const [lineage, known] = await Promise.all([
      options.lineage.trace(record, signal).catch((error: unknown) => leftOut(error, options)),
      options.lineage
        .profile(actor, { from: told.row.firstAt - 30 * dayMs, to: told.row.firstAt }, signal)
        .catch((error: unknown) => leftOut(error, options)),
    ]);
    profiles.push({
      ...{ key: actor.key, name: actor.name },
      lineage: lineage === undefined ? [] : lineageWords(lineage),
      ...(known ?? unknown),
      otherIncidents: await otherIncidents(actor, told.row, options),
    });
  }
  return profiles;
}

const unknown: KnownOfActor = { firstSeen: undefined, events30d: 0, usualAddresses: [], usualCalls: [] };

/** An incident is told without what could not be found out. */
function leftOut(error: unknown, { onFailure }: IncidentOptions): undefined {
  onFailure(error);
  return undefined;
}

function actorsOf({ told, wholes }: Told): readonly { readonly actor: Actor; readonly record: unknown }[] {
  const byEvent = new Map(wholes.map(({ whole: { event }, record }) => [`${event.account}/${event.id}`, record]));
  const found = new Map<string, { readonly actor: Actor; readonly record: unknown }>();
  for (const { events } of told) {
    for (const { key } of events) {
      const record = byEvent.get(key);
      if (record === undefined) continue;
      const actor = actorOf(record);
      if (!found.has(actor.key)) found.set(actor.key, { actor, record });
      if (found.size >= actorsMax) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** From the event's credential back to who stands behind it. */
function lineageWords({ steps, isCut }: Lineage): string[] {
  const words = steps.map(({ actor, issuedBy }) => {
    const key = actor.accessKey === "" ? "" : ` with ${actor.accessKey}`;
    if (issuedBy === undefined) return `${actor.name}${key}`;
    const when = new Date(issuedBy.time).toISOString();
    return `${actor.name}${key}, given out by ${issuedBy.eventName} at ${when}`;
  });
  return isCut ? [...words, "Who stands behind that is not stored"] : words;
}

async function otherIncidents(actor: Actor, row: IncidentRow, { table }: IncidentOptions): Promise<string[]> {
  if (!isSomebody(actor.key)) return [];
  const rows = await table.list({ key: storyKey.actor(actor.key) }, { limit: othersMax });
  return rows.filter(({ id }) => id !== row.id).map(nameOf);
}
