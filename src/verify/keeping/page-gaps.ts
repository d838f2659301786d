import type { Gap } from "../verdict.ts";

/**
 * Joins the gaps of a page of digests to those of the pages before it. A page that begins right behind the last valid
 * digest judges all that lies there anew: what was said of that time before was for the time being. One that goes on
 * behind digests none of which was valid knows nothing of them: a gap that was open behind them goes on.
 */
export function gapsOfPages(
  before: readonly Gap[],
  found: readonly Gap[],
  page: {
    /** End of the last valid digest before the page; nothing where there was none. */
    readonly anchorEndsAt: number | undefined;
    readonly isBehindAnchor: boolean;
  },
): readonly Gap[] {
  if (page.isBehindAnchor) {
    const end = page.anchorEndsAt ?? -Infinity;
    return [...before.filter(({ from }) => from < end), ...found];
  }
  const open = before.at(-1);
  const [next, ...others] = found;
  if (open === undefined || open.after !== "" || next === undefined) return [...before, ...found];
  if (next.kind === "chain-restarted") {
    return [...before, { ...next, from: Math.max(next.from, Math.min(open.to, next.to)) }, ...others];
  }
  if (next.kind === "overlap" || next.from > open.to) return [...before, ...found];
  // One that begins where the other does was counted by the pace over all of its time.
  const [mine, its] = [open.digestsMissing, next.digestsMissing];
  const joined: Gap = {
    kind: next.after === "" ? next.kind : "digests-missing",
    from: open.from,
    to: Math.max(open.to, next.to),
    before: open.before,
    after: next.after,
    digestsMissing: next.from <= open.from ? Math.max(mine, its) : mine + its,
  };
  return [...before.slice(0, -1), joined, ...others];
}
