import type { EventAsk, EventFinder } from "../setup/index.ts";
import type { Search } from "../search/index.ts";

const most = 10;

/** Finds who made a call in the events that are stored; refused calls changed nothing and are left out. */
export function eventFinder(search: Search): EventFinder {
  return {
    async find({ eventNames, mentions, since }: EventAsk) {
      if (eventNames.length === 0) return [];
      const names = anyOf(eventNames.map((name) => `eventName:${quoted(name)}`));
      const texts = mentions.length === 0 ? "" : ` AND ${anyOf(mentions.map(quoted))}`;
      const query = `${names}${texts} AND NOT errorCode:*`;
      const page = await search.fullPage({ query, from: new Date(since).toISOString(), limit: most, order: "newest" });
      return page.events.map(({ id, eventName, time, actor, sourceIp, userAgent }) => ({
        eventId: id,
        eventName,
        eventTime: time,
        actor: actor.arn ?? actor.name,
        sourceIp,
        userAgent,
      }));
    },
  };
}

function anyOf(parts: readonly string[]): string {
  return `(${parts.join(" OR ")})`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
