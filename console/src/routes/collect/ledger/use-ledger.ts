import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { fetchLedger, fetchMissing, type Selection } from "../../../collect-api.ts";

/** How often the ledger is asked again while it is looked at, milliseconds. */
const everyMs = 10_000;

/** Totals and hours; what was shown last stays while another part is asked for. */
export function useLedger(selection: Selection) {
  return useQuery({
    queryKey: ["collect", "ledger", selection],
    queryFn: ({ signal }) => fetchLedger(selection, signal),
    staleTime: 0,
    refetchInterval: everyMs,
    placeholderData: (last) => last,
  });
}

/** Names of what is missing, page by page. */
export function useMissing(selection: Selection) {
  return useInfiniteQuery({
    queryKey: ["collect", "ledger", "missing", selection],
    queryFn: ({ pageParam, signal }) => fetchMissing(selection, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
    refetchInterval: everyMs,
    placeholderData: (last) => last,
  });
}
