import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { fetchEvents } from "../../api.ts";
import type { EventRow, Question, Verdicts } from "../../api.ts";

const pageSize = 100;

export interface EventList {
  readonly events: readonly EventRow[];
  /** The verdicts on their log files. */
  readonly verdicts: Verdicts;
  readonly status: "pending" | "error" | "success";
  readonly error: unknown;
  /** The rows shown still answer the question before. */
  readonly isStale: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** How far a search went that takes long and goes on; undefined when it need not. */
  readonly searchedTo: string | undefined;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The events that answer the question, newest first, page after page; requests of a superseded question are aborted. */
export function useEvents(question: Question, fields: readonly string[]): EventList {
  const result = useInfiniteQuery({
    queryKey: ["events", question, fields],
    queryFn: ({ pageParam, signal }) => fetchEvents(question, { limit: pageSize, cursor: pageParam, fields }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = result;
  const searchedTo = result.data?.pages.at(-1)?.searchedTo ?? undefined;
  useEffect(() => {
    // A page that is not full: it goes on by itself, and what was found is there already.
    if (searchedTo !== undefined && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [searchedTo, hasNextPage, isFetching, isError, fetchNextPage]);
  const events = useMemo(() => (result.data?.pages ?? []).flatMap((page) => page.events), [result.data]);
  const verdicts = useMemo(
    () => Object.assign({}, ...(result.data?.pages ?? []).map((page) => page.verdicts)) as Verdicts,
    [result.data],
  );
  return {
    events,
    verdicts,
    status: result.status,
    error: result.error,
    isStale: result.isPlaceholderData,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    searchedTo,
    loadMore: () => {
      if (result.hasNextPage && !result.isFetchingNextPage) void result.fetchNextPage();
    },
    retry: () => void result.refetch(),
  };
}
