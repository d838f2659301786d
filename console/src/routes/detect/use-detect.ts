import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import {
  fetchCoverage,
  fetchPackages,
  fetchRule,
  fetchRuleFindings,
  fetchRules,
  fetchSearches,
} from "../../detect-api.ts";
import { fetchThreatLists } from "../../threats-api.ts";

/** How often things are asked again while the page is looked at, milliseconds. */
const every = { quick: 10_000, slow: 30_000 };

export function useRules() {
  return useQuery({
    queryKey: ["detect", "rules"],
    queryFn: ({ signal }) => fetchRules(signal),
    staleTime: 0,
    refetchInterval: every.slow,
  });
}

export function useRule(key: string) {
  return useQuery({
    queryKey: ["detect", "rule", key],
    queryFn: ({ signal }) => fetchRule(key, signal),
    staleTime: 0,
    refetchInterval: every.slow,
  });
}

export function useRuleFindings(rule: string, limit: number) {
  return useQuery({
    queryKey: ["detect", "findings", rule, limit],
    queryFn: ({ signal }) => fetchRuleFindings(rule, limit, signal),
    staleTime: 0,
    refetchInterval: every.quick,
  });
}

export function useCoverage() {
  return useQuery({ queryKey: ["detect", "coverage"], queryFn: ({ signal }) => fetchCoverage(signal), staleTime: 0 });
}

export function usePackages() {
  return useQuery({ queryKey: ["detect", "packages"], queryFn: ({ signal }) => fetchPackages(signal), staleTime: 0 });
}

export function useSearches() {
  return useQuery({ queryKey: ["detect", "searches"], queryFn: ({ signal }) => fetchSearches(signal), staleTime: 0 });
}

export function useThreatLists() {
  return useQuery({
    queryKey: ["detect", "threat-lists"],
    queryFn: ({ signal }) => fetchThreatLists(signal),
    staleTime: 0,
    refetchInterval: every.quick,
  });
}

/** Asks again for everything about detecting. */
export function useAskAgain(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: ["detect"] }), [queries]);
}

/** Something that changes what is looked for: all of it is asked for again. */
export function useDetectMutation<Given, Answer>(
  change: (given: Given) => Promise<Answer>,
  onDone: (answer: Answer) => void = () => undefined,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ["detect"] });
      onDone(answer);
    },
  });
}
