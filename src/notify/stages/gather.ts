import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../base/clock.ts";
import type { NotifyTable } from "../../state/index.ts";
import type { Notice, NoticeSource } from "../notice.ts";
import type { Route } from "../notifier.ts";
import { rowsOf, type Told } from "./route.ts";

export interface GatherParts {
  readonly table: NotifyTable;
  readonly sources: readonly NoticeSource[];
  readonly routes: () => Promise<readonly Route[]>;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

/** Notices asked of a source at once. */
const atOnce = 500;
/** A source that never comes to an end waits for the next time. */
const roundsMax = 200;
/** Nobody is told of what happened long before anybody began to tell. */
const freshMs = 15 * 60_000;

/** Takes in what sources give, with how far each was read, in one transaction; a source that fails holds up no other. */
export async function gather(parts: GatherParts, signal: AbortSignal): Promise<void> {
  const routes = await parts.routes();
  for (const source of parts.sources) {
    if (signal.aborted) return;
    await gatherFrom(source, routes, parts, signal).catch(parts.onFailure);
  }
}

async function gatherFrom(
  source: NoticeSource,
  routes: readonly Route[],
  { table, clock }: GatherParts,
  signal: AbortSignal,
): Promise<void> {
  const name = `position of ${source.name}`;
  const kept = await table.setting(name);
  let position: unknown = kept ?? undefined;
  for (let round = 0; round < roundsMax && !signal.aborted; round++) {
    const { notices, position: next } = await source.since(position, atOnce);
    const now = clock.now();
    const fresh = kept === undefined ? notices.filter(({ at }) => at >= now - freshMs) : notices;
    const isSame = isDeepStrictEqual(asKept(next), position);
    // That it was asked at all is kept, too: from then on nothing is too old to be told.
    if (fresh.length === 0 && isSame && (kept !== undefined || round > 0)) return;
    const told = await toldOf(fresh, table);
    const rows = fresh.flatMap((notice) => {
      const own = rowsOf(notice, routes, told, now);
      for (const { thread, channel } of own) told.add(thread, channel);
      return own;
    });
    await table.enqueue(rows, { [name]: next ?? null });
    if (isSame) return;
    position = asKept(next);
  }
}

/** As it comes back from the table. */
function asKept(position: unknown): unknown {
  return position === undefined ? undefined : (JSON.parse(JSON.stringify(position)) as unknown);
}

async function toldOf(
  notices: readonly Notice[],
  table: NotifyTable,
): Promise<Told & { add(thread: string, channel: string): void }> {
  const threads = [...new Set(notices.map(({ thread }) => thread))];
  const known = new Map(
    [...(await table.toldOf(threads))].map(([thread, channels]) => [thread, new Set(channels)] as const),
  );
  return {
    has: (thread, channel) => known.get(thread)?.has(channel) === true,
    add(thread, channel) {
      known.set(thread, (known.get(thread) ?? new Set()).add(channel));
    },
  };
}
