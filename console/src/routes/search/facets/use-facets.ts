import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchFacets } from "../../../api.ts";
import type { Facet, Question } from "../../../api.ts";
import { facetFields } from "./facet-fields.ts";

const shortLimit = 5;
const longLimit = 50;

export interface FacetAnswers {
  readonly facets: ReadonlyMap<string, Facet>;
  readonly isPending: boolean;
  readonly isStale: boolean;
  readonly isError: boolean;
}

/** The top values of every facet in one request. */
export function useFacets(question: Question, isWanted: boolean): FacetAnswers {
  const result = useQuery({
    queryKey: ["facets", question],
    queryFn: ({ signal }) =>
      fetchFacets(question, { fields: facetFields.map(({ field }) => field), limit: shortLimit }, signal),
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
  return {
    facets: new Map((result.data ?? []).map((facet) => [facet.field, facet])),
    isPending: result.isPending,
    isStale: result.isPlaceholderData,
    isError: result.isError,
  };
}

/** More values of one facet, or those that contain some text; asked only when a person wants them. */
export function useFacetMore(
  question: Question,
  field: string,
  isWanted: boolean,
  contains: string,
): Facet | undefined {
  const result = useQuery({
    queryKey: ["facet", question, field, contains],
    queryFn: ({ signal }) => fetchFacets(question, { fields: [field], limit: longLimit, contains }, signal),
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
  return isWanted ? result.data?.[0] : undefined;
}
