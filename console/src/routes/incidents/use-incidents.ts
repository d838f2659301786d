import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { fetchDetectionStatus } from "../../detect-api.ts";
import {
  changeIncident,
  fetchIncident,
  fetchIncidents,
  fetchSilences,
  type IncidentChange,
  type IncidentsAsk,
} from "../../incidents-api.ts";
import { signedBy, useOwnName } from "../../parts/own-name.ts";

/** How often things are asked again while the page is looked at, milliseconds. */
const every = { quick: 3_000, slow: 10_000 };

/** Incidents, page by page, the one with the newest events first. */
export function useIncidents(ask: IncidentsAsk, limit = 50) {
  return useInfiniteQuery({
    queryKey: ["incidents", "list", ask, limit],
    queryFn: ({ pageParam, signal }) => fetchIncidents(ask, { after: pageParam, limit }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
    refetchInterval: every.quick,
    placeholderData: (last) => last,
  });
}

export function useIncident(id: string) {
  return useQuery({
    queryKey: ["incidents", "one", id],
    queryFn: ({ signal }) => fetchIncident(id, signal),
    staleTime: 0,
    refetchInterval: every.quick,
  });
}

export function useSilences() {
  return useQuery({
    queryKey: ["incidents", "silences"],
    queryFn: ({ signal }) => fetchSilences(signal),
    staleTime: 0,
    refetchInterval: every.slow,
  });
}

export function useDetectionStatus() {
  return useQuery({
    queryKey: ["detect", "status"],
    queryFn: ({ signal }) => fetchDetectionStatus(signal),
    staleTime: 0,
    refetchInterval: every.quick,
  });
}

/** Changes an incident in the name of who sits here. */
export function useChange(id: string, onDone: () => void = () => undefined) {
  const by = signedBy(useOwnName());
  return useIncidentsMutation((change: IncidentChange) => changeIncident(id, change, by), onDone);
}

/** Something that changes incidents: all of them are asked for again. */
export function useIncidentsMutation<Given, Answer>(
  change: (given: Given) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ["incidents"] });
      onDone(answer);
    },
  });
}
