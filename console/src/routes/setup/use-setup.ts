import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAccess } from "../../access-token.ts";
import { fetchCheck, fetchDeployment, fetchDeployments, fetchPlan, fetchRuns } from "../../setup-api.ts";
import type { CheckResult, Deployment, PlanAnswer, SetupRun, Wish } from "../../setup-types.ts";

/** How often things are asked again while the page is looked at, milliseconds. */
const every = { list: 10_000, run: 2_000 };

export function useDeployments(): UseQueryResult<readonly Deployment[]> {
  return useQuery({
    queryKey: ["setup", "deployments"],
    queryFn: ({ signal }) => fetchDeployments(signal),
    staleTime: 0,
    refetchInterval: every.list,
  });
}

export function useDeployment(name: string): UseQueryResult<Deployment> {
  return useQuery({
    queryKey: ["setup", "of", name, "deployment"],
    queryFn: ({ signal }) => fetchDeployment(name, signal),
    staleTime: 0,
  });
}

export function checkKey(name: string): readonly string[] {
  return ["setup", "of", name, "check"];
}

/** The way as it is now. Asks AWS, so only who holds the token sees it; of nothing that was agreed on there is no drift. */
export function useCheck({ name, isAgreed }: Pick<Deployment, "name" | "isAgreed">): UseQueryResult<CheckResult> {
  const { mayChange } = useAccess();
  return useQuery({
    queryKey: checkKey(name),
    queryFn: ({ signal }) => fetchCheck(name, signal),
    enabled: mayChange && isAgreed,
    staleTime: 60_000,
    retry: false,
  });
}

/** What would be done. Asks AWS, as a check does. */
export function usePlan(name: string, wish: Wish): UseQueryResult<PlanAnswer> {
  const { mayChange } = useAccess();
  return useQuery({
    queryKey: ["setup", "of", name, "plan", wish],
    queryFn: ({ signal }) => fetchPlan(name, wish, signal),
    enabled: mayChange,
    staleTime: Infinity,
    // A plan that was read elsewhere a while ago is no plan any more.
    gcTime: 0,
    retry: false,
  });
}

/** What was done in the account, newest first; asked often while something is under way. */
export function useRuns(name: string): UseQueryResult<readonly SetupRun[]> {
  return useQuery({
    queryKey: ["setup", "of", name, "runs"],
    queryFn: ({ signal }) => fetchRuns(name, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "running") ? every.run : false),
  });
}

/** Asks again at once for everything about an account that something was done in. */
export function useAskAgain(): (name: string) => void {
  const queries = useQueryClient();
  return useCallback(
    (name) => {
      void queries.invalidateQueries({ queryKey: ["setup", "deployments"] });
      void queries.invalidateQueries({ queryKey: ["setup", "of", name] });
    },
    [queries],
  );
}
