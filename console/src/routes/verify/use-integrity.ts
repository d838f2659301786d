import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { fetchInfo } from "../../api.ts";
import {
  fetchChains,
  fetchFindings,
  fetchGrid,
  fetchHour,
  fetchOverview,
  fetchStatements,
  type IntegrityAsk,
} from "../../verify-api.ts";
import { hourMs } from "./integrity-state.ts";

/** How often things are asked again while the page is looked at, milliseconds. */
const every = { quick: 10_000, slow: 30_000 };

export function useOverview(ask: IntegrityAsk) {
  return useQuery({
    queryKey: ["verify", "overview", ask],
    queryFn: ({ signal }) => fetchOverview(ask, signal),
    staleTime: 0,
    refetchInterval: every.quick,
    placeholderData: (last) => last,
  });
}

export function useGrid(ask: IntegrityAsk) {
  return useQuery({
    queryKey: ["verify", "grid", ask],
    queryFn: ({ signal }) => fetchGrid(ask, signal),
    staleTime: 0,
    refetchInterval: every.slow,
    placeholderData: (last) => last,
  });
}

export function useChains() {
  return useQuery({
    queryKey: ["verify", "chains"],
    queryFn: ({ signal }) => fetchChains(signal),
    staleTime: 0,
    refetchInterval: every.slow,
  });
}

export function useHour(ask: { readonly account: string; readonly region: string; readonly hour: string }) {
  return useQuery({
    queryKey: ["verify", "hours", ask],
    queryFn: ({ signal }) => fetchHour(ask, signal),
    staleTime: 0,
    refetchInterval: every.slow,
  });
}

/** Findings, page by page, the newest first. */
export function useFindings(ask: Partial<IntegrityAsk> & { readonly open?: "true" | "false" }, limit: number) {
  return useInfiniteQuery({
    queryKey: ["verify", "findings", ask, limit],
    queryFn: ({ pageParam, signal }) => fetchFindings(ask, { after: pageParam, limit }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
    refetchInterval: every.slow,
    placeholderData: (last) => last,
  });
}

export function useStatements(ask: Omit<IntegrityAsk, "region">) {
  return useQuery({
    queryKey: ["verify", "statements", ask],
    queryFn: ({ signal }) => fetchStatements(ask, signal),
    staleTime: 0,
    refetchInterval: every.slow,
    placeholderData: (last) => last,
  });
}

/**
 * What is newest, milliseconds: the server's now, or the end of the newest digest where a sandbox's clock is ahead of it.
 * By the hour, so that questions stay the same for a while; nothing while nobody has said.
 */
export function useNewest(): number | undefined {
  const info = useQuery({ queryKey: ["info"], queryFn: ({ signal }) => fetchInfo(signal), staleTime: Infinity });
  const chains = useChains();
  const sinceMs = useSince(info.dataUpdatedAt);
  if (info.data === undefined || (chains.data === undefined && !chains.isError)) return undefined;
  const heads = (chains.data ?? []).map(({ head }) => (head === null ? 0 : Date.parse(head)));
  const newest = heads.reduce((latest, head) => Math.max(latest, head), Date.parse(info.data.now) + sinceMs);
  return Math.floor(newest / hourMs) * hourMs;
}

/** How long ago something was, anew every minute. */
function useSince(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 60_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return at === 0 ? 0 : Math.max(0, now - at);
}
