import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";
import {
  fetchAccounts,
  fetchFilters,
  fetchKinds,
  fetchSource,
  fetchSources,
  type Account,
  type Filter,
  type Kind,
  type Source,
} from "../../collect-api.ts";

/** How often things are asked again while the page is looked at, milliseconds. */
const every = { source: 2_000, slow: 10_000 };

/** Kinds do not change while a server runs. */
export function useKinds(): UseQueryResult<readonly Kind[]> {
  return useQuery({
    queryKey: ["collect", "kinds"],
    queryFn: ({ signal }) => fetchKinds(signal),
    staleTime: Infinity,
  });
}

export function useSources(): UseQueryResult<readonly Source[]> {
  return useQuery({
    queryKey: ["collect", "sources"],
    queryFn: ({ signal }) => fetchSources(signal),
    staleTime: 0,
    refetchInterval: every.source,
  });
}

export function useSource(name: string): UseQueryResult<Source> {
  return useQuery({
    queryKey: ["collect", "sources", name],
    queryFn: ({ signal }) => fetchSource(name, signal),
    staleTime: 0,
    refetchInterval: every.source,
  });
}

export function useAccounts(): UseQueryResult<readonly Account[]> {
  return useQuery({
    queryKey: ["collect", "accounts"],
    queryFn: ({ signal }) => fetchAccounts(signal),
    staleTime: 0,
    refetchInterval: every.slow,
  });
}

export function useFilters(): UseQueryResult<readonly Filter[]> {
  return useQuery({
    queryKey: ["collect", "filters"],
    queryFn: ({ signal }) => fetchFilters(signal),
    staleTime: 0,
    refetchInterval: every.slow,
  });
}

/** Asks again at once for what was just changed. */
export function useAskAgain(): (...what: readonly string[]) => void {
  const queries = useQueryClient();
  return useCallback((...what) => void queries.invalidateQueries({ queryKey: ["collect", ...what] }), [queries]);
}

/** Takes a source that was removed out of the list that is shown until the next one comes. */
export function useForgetSource(): (name: string) => void {
  const queries = useQueryClient();
  return useCallback(
    (name) => {
      queries.setQueryData<readonly Source[]>(["collect", "sources"], (known) =>
        known?.filter((source) => source.name !== name),
      );
    },
    [queries],
  );
}
