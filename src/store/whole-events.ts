import type { EventFilter } from "./filter.ts";
import type { Page, PagePosition, PageRequest, StoredEvent, WholeEvent } from "./read-events.ts";

/** So many records are held at once. */
const pageEvents = 500;

/** Events with their records, oldest first, page after page, so that memory is bounded; all where no limit is given. */
export async function* wholeEvents(
  readPage: (request: PageRequest) => Promise<Page<WholeEvent>>,
  { limit = Infinity, ...filter }: EventFilter & { readonly limit?: number | undefined },
): AsyncGenerator<WholeEvent, void, undefined> {
  let [left, after]: [number, PagePosition | undefined] = [limit, undefined];
  while (left > 0) {
    const atOnce = Math.min(left, pageEvents);
    const { rows, reached } = await readPage({ ...filter, order: "oldest", limit: atOnce, after });
    yield* rows;
    left -= rows.length;
    const last = rows.at(-1)?.event;
    // A full page ends with its last event; one that is not full ends where was looked to, or nowhere.
    after = rows.length === atOnce && last !== undefined ? positionOf(last) : reached;
    if (after === undefined) return;
  }
}

function positionOf({ time, id, accountHash }: StoredEvent): PagePosition {
  return { time, id, accountHash };
}
