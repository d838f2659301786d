import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import {
  fetchClock,
  fetchFaults,
  fetchPlays,
  fetchSandbox,
  fetchStories,
  type Clock,
  type Faults,
  type Play,
  type SandboxState,
  type Story,
} from "../../sandbox-api.ts";

/** How often things are asked again, in milliseconds: sooner while something goes on. */
const every = { state: 2_000, busy: 1_000, calm: 4_000 };

export function useSandboxState(): UseQueryResult<SandboxState> {
  return useQuery({
    queryKey: ["sandbox"],
    queryFn: ({ signal }) => fetchSandbox(signal),
    staleTime: 0,
    refetchInterval: every.state,
  });
}

/** Stories do not change while a sandbox runs. */
export function useStories(isThere: boolean): UseQueryResult<readonly Story[]> {
  return useQuery({
    queryKey: ["sandbox", "stories"],
    queryFn: ({ signal }) => fetchStories(signal),
    staleTime: Infinity,
    enabled: isThere,
  });
}

export function usePlays(isThere: boolean): UseQueryResult<readonly Play[]> {
  return useQuery({
    queryKey: ["sandbox", "plays"],
    queryFn: ({ signal }) => fetchPlays(signal),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.some((play) => play.state === "playing") === true ? every.busy : every.calm,
    enabled: isThere,
  });
}

export function useFaults(isThere: boolean): UseQueryResult<Faults> {
  return useQuery({
    queryKey: ["sandbox", "faults"],
    queryFn: ({ signal }) => fetchFaults(signal),
    staleTime: 0,
    refetchInterval: ({ state }) => ((state.data?.active.length ?? 0) > 0 ? every.busy : every.calm),
    enabled: isThere,
  });
}

export function useClock(isThere: boolean): UseQueryResult<Clock> {
  return useQuery({
    queryKey: ["sandbox", "clock"],
    queryFn: ({ signal }) => fetchClock(signal),
    staleTime: 0,
    refetchInterval: every.calm,
    enabled: isThere,
  });
}

export interface SandboxTime {
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly now: number;
  /** How far it is ahead of this machine's. */
  readonly aheadMs: number;
}

/** The sandbox's time, second by second, without asking for each. */
export function useSandboxTime(): SandboxTime | undefined {
  const { data, dataUpdatedAt } = useClock(true);
  const [tick, setTick] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setTick(Date.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  if (data === undefined) return undefined;
  const here = Math.max(tick, dataUpdatedAt);
  const now = Date.parse(data.now) + (here - dataUpdatedAt) * data.speed;
  return { now, aheadMs: now - here };
}

/** Asks again at once for what was just changed. */
export function useAskAgain(): (what: "plays" | "faults" | "clock") => void {
  const queries = useQueryClient();
  return useCallback((what) => void queries.invalidateQueries({ queryKey: ["sandbox", what] }), [queries]);
}
