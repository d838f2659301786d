import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { fetchChannelKinds, fetchChannels, fetchDeliveries, fetchNoticeRoutes } from "../../notify-api.ts";

/** How often things are asked again while the page is looked at, milliseconds. */
const everyMs = 5_000;

/** Kinds do not change while a server runs. */
export function useChannelKinds() {
  return useQuery({
    queryKey: ["notify", "kinds"],
    queryFn: ({ signal }) => fetchChannelKinds(signal),
    staleTime: Infinity,
  });
}

export function useChannels() {
  return useQuery({
    queryKey: ["notify", "channels"],
    queryFn: ({ signal }) => fetchChannels(signal),
    staleTime: 0,
    refetchInterval: everyMs,
  });
}

export function useNoticeRoutes() {
  return useQuery({
    queryKey: ["notify", "routes"],
    queryFn: ({ signal }) => fetchNoticeRoutes(signal),
    staleTime: 0,
    refetchInterval: everyMs,
  });
}

/** Deliveries, page by page, the newest first. */
export function useDeliveries(ask: { readonly channel?: string | undefined; readonly status?: string | undefined }) {
  return useInfiniteQuery({
    queryKey: ["notify", "deliveries", ask],
    queryFn: ({ pageParam, signal }) => fetchDeliveries(ask, { after: pageParam, limit: 50 }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
    refetchInterval: everyMs,
    placeholderData: (last) => last,
  });
}

/** Asks again at once for what was just changed. */
export function useAskAgain(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    for (const what of ["channels", "routes", "deliveries"])
      void queries.invalidateQueries({ queryKey: ["notify", what] });
  }, [queries]);
}

/** Something that changes whom is told: all of it is asked for again. */
export function useNotifyMutation<Given, Answer>(
  change: (given: Given) => Promise<Answer>,
  onDone: (answer: Answer) => void = () => undefined,
) {
  const askAgain = useAskAgain();
  return useMutation({ mutationFn: change, onSuccess: onDone, onSettled: askAgain });
}
