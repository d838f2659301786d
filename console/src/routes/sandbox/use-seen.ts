import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchEvents } from "../../api.ts";
import type { Play, Story } from "../../sandbox-api.ts";
import { findingQuery, progressOf, wantedLines, type MatterProgress } from "./seen.ts";

export interface Seen {
  readonly progress: readonly MatterProgress[];
  /** Finds the events that matter; empty before the first call. */
  readonly query: string;
  readonly from: string;
  readonly to: string | undefined;
}

const askAgainMs = 3_000;
/** What has not come by then has been lost, perhaps by a fault. */
const asksMax = 200;
/** Either side: records carry whole seconds. */
const marginMs = 2_000;

/** Which matters of a play happened, and which of them Search has already. */
export function useSeen(story: Story, play: Play | undefined): Seen {
  const truth = play?.truth ?? [];
  const query = findingQuery(wantedLines(story.matters, truth));
  const from = new Date((play?.since ?? 0) - marginMs).toISOString();
  const to = play?.until === undefined ? undefined : new Date(play.until + marginMs).toISOString();
  const found = useQuery({
    queryKey: ["seen", play?.id, query],
    queryFn: async ({ signal }) =>
      (await fetchEvents({ query, from, to: undefined }, { limit: 200, fields: ["requestID"] }, signal)).events,
    enabled: query !== "",
    staleTime: 0,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const progress = progressOf(story.matters, truth, state.data ?? []);
      const isMissing = progress.some((each) => each.state === "made");
      return isMissing && state.dataUpdateCount < asksMax ? askAgainMs : false;
    },
  });
  return { progress: progressOf(story.matters, truth, query === "" ? [] : (found.data ?? [])), query, from, to };
}
