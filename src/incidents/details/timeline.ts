import { parseStored } from "../../cloudtrail/index.ts";
import { actorOf } from "../../lineage/index.ts";
import type { WholeEvent } from "../../store/index.ts";
import { boundedText } from "../hit-facts.ts";
import type { TimelineEntry } from "../incident.ts";
import type { IncidentOptions } from "../options.ts";
import type { ToldFinding } from "./details.ts";

const eventsMax = 1_000;
const resourcesMax = 10;

/** An event with what it is told by. */
export interface ToldEvent {
  readonly whole: WholeEvent;
  readonly record: unknown;
}

/** The events of all findings, oldest first; where they are too many, some of each finding. */
export async function timelineOf(
  told: readonly ToldFinding[],
  { store }: Pick<IncidentOptions, "store">,
  signal: AbortSignal,
): Promise<{ readonly entries: TimelineEntry[]; readonly wholes: readonly ToldEvent[] }> {
  const chosen = chosenEvents(told);
  const titles = new Map<string, Set<string>>();
  for (const { part, events } of told) {
    for (const { key } of events) titles.set(key, (titles.get(key) ?? new Set()).add(part.title));
  }
  const wholes = (await store.eventsAt(chosen, signal)).map((whole) => ({ whole, record: recordOf(whole) }));
  wholes.sort((a, b) => a.whole.event.time - b.whole.event.time || (a.whole.event.id < b.whole.event.id ? -1 : 1));
  const entries = wholes.map(({ whole: { event }, record }): TimelineEntry => {
    const key = `${event.account}/${event.id}`;
    return {
      event: key,
      eventId: event.id,
      accountId: event.account,
      time: event.time,
      eventName: boundedText(event.eventName),
      eventSource: boundedText(event.eventSource),
      region: boundedText(event.region),
      actorName: boundedText(actorOf(record).name),
      sourceIp: boundedText(event.sourceIp),
      errorCode: boundedText(event.errorCode),
      resources: event.resourceArns.slice(0, resourcesMax).map(boundedText),
      rules: [...(titles.get(key) ?? [])],
      logFile: event.logFile,
    };
  });
  return { entries, wholes };
}

/** In turn one of each finding, so that none is left out for another that has very many. */
function chosenEvents(told: readonly ToldFinding[]): ToldFinding["events"] {
  const chosen = new Map<string, ToldFinding["events"][number]>();
  const longest = Math.max(0, ...told.map(({ events }) => events.length));
  for (let turn = 0; turn < longest && chosen.size < eventsMax; turn += 1) {
    for (const { events } of told) {
      const event = events[turn];
      if (event !== undefined && chosen.size < eventsMax) chosen.set(event.key, event);
    }
  }
  return [...chosen.values()];
}

function recordOf({ event, raw }: WholeEvent): unknown {
  const known = {
    userIdentity: { type: event.identityType, arn: event.principalArn },
    recipientAccountId: event.account,
  };
  return parseStored(raw) ?? known;
}
