import { keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { readCriteria, tellCriteria } from "./criteria.ts";
import { type GuardDutyParts } from "./guardduty-parts.ts";
import { badRequest, detectorOf, type Filter, onDetector } from "./guardduty-store.ts";
import { readTags } from "./guardduty-tags.ts";

/** GuardDuty User Guide, "Quotas". */
const filtersMax = 100;

/** Filters: those with the action ARCHIVE put new findings away before anybody is told. */
export function filterOperations({ store }: GuardDutyParts) {
  const { filters } = store;

  function find(detectorId: string, name: string | undefined): Filter {
    const filter = filters.get(keyOf(detectorId, name ?? ""));
    if (filter === undefined) throw badRequest("The request is rejected because the filter name does not exist.");
    return filter;
  }
  function readAction(action: string | undefined, otherwise: Filter["action"]): Filter["action"] {
    if (action === undefined) return otherwise;
    if (action !== "NOOP" && action !== "ARCHIVE")
      throw badRequest("The request is rejected because the action is neither NOOP nor ARCHIVE.");
    return action;
  }

  return {
    CreateFilter: {
      needs: (input, call) => onDetector("CreateFilter", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const name = input.Name ?? "";
        if (!/^[A-Za-z0-9_.-]{3,64}$/u.test(name))
          throw badRequest(
            "The request is rejected because the name has not 3 to 64 letters, digits, dots, hyphens and underscores.",
          );
        if (filters.has(keyOf(detector.id, name)))
          throw badRequest("The request is rejected because a filter with the given name already exists.");
        const others = [...filters.values(keyOf(detector.id, ""))];
        if (others.length >= filtersMax)
          throw badRequest("The request is rejected because the limit of filters is reached.");
        const criteria = readCriteria(input.FindingCriteria);
        if (Object.keys(criteria).length === 0)
          throw badRequest("The request is rejected because the required parameter findingCriteria is missing.");
        filters.put(keyOf(detector.id, name), {
          detectorId: detector.id,
          name,
          ...(input.Description === undefined ? {} : { description: input.Description.slice(0, 512) }),
          action: readAction(input.Action, "NOOP"),
          rank: readRank(input.Rank, others.length + 1),
          criteria,
          createdAt: call.at,
          updatedAt: call.at,
          version: 1,
          tags: readTags({}, input.Tags),
        });
        return { Name: name };
      },
    },
    GetFilter: {
      needs: (input, call) => onDetector("GetFilter", input.DetectorId, call, `/filter/${input.FilterName ?? ""}`),
      answer: (input, call) => {
        const filter = find(detectorOf(store, input.DetectorId, call).id, input.FilterName);
        return {
          Name: filter.name,
          ...(filter.description === undefined ? {} : { Description: filter.description }),
          Action: filter.action,
          Rank: filter.rank,
          FindingCriteria: tellCriteria(filter.criteria),
          Tags: { ...filter.tags },
          CreatedAt: new Date(filter.createdAt),
          UpdatedAt: new Date(filter.updatedAt),
          Version: filter.version,
        };
      },
    },
    UpdateFilter: {
      needs: (input, call) => onDetector("UpdateFilter", input.DetectorId, call, `/filter/${input.FilterName ?? ""}`),
      answer: (input, call) => {
        const before = find(detectorOf(store, input.DetectorId, call).id, input.FilterName);
        filters.put(keyOf(before.detectorId, before.name), {
          ...before,
          ...(input.Description === undefined ? {} : { description: input.Description.slice(0, 512) }),
          action: readAction(input.Action, before.action),
          rank: readRank(input.Rank, before.rank),
          criteria: input.FindingCriteria === undefined ? before.criteria : readCriteria(input.FindingCriteria),
          updatedAt: call.at,
          version: before.version + 1,
        });
        return { Name: before.name };
      },
    },
    DeleteFilter: {
      needs: (input, call) => onDetector("DeleteFilter", input.DetectorId, call, `/filter/${input.FilterName ?? ""}`),
      answer: (input, call) => {
        const filter = find(detectorOf(store, input.DetectorId, call).id, input.FilterName);
        filters.delete(keyOf(filter.detectorId, filter.name));
        return {};
      },
    },
    ListFilters: {
      needs: (input, call) => onDetector("ListFilters", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const page = pageOf(
          filters.values(keyOf(detector.id, "")),
          ({ name }) => name,
          input.MaxResults ?? 50,
          input.NextToken,
        );
        if (page === undefined) throw badRequest("The request is rejected because the nextToken is invalid.");
        return {
          FilterNames: page.items.map(({ name }) => name),
          ...(page.next === undefined ? {} : { NextToken: page.next }),
        };
      },
    },
  } satisfies Service<"guardduty">["operations"];
}

function readRank(rank: number | undefined, otherwise: number): number {
  if (rank !== undefined && !(Number.isInteger(rank) && rank >= 1 && rank <= 100))
    throw badRequest("The request is rejected because the rank is not from 1 to 100.");
  return rank ?? otherwise;
}
