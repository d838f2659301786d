import { type BasicSelector, basicResourceTypes, isWholeService, namesResources } from "../../cloudtrail/index.ts";
import { members, oneOf, optionalFlag, optionalList, optionalText, optionalTexts } from "../parameters.ts";
import { badSelectors, basicSelectorsMax, dataResourcesMax } from "./selector-limits.ts";

/** Event sources that may be left out of management events (API Reference, EventSelector). */
const excludableSources = ["kms.amazonaws.com", "rdsdata.amazonaws.com"] as const;

/** Reads `EventSelectors`: at most 5, with at most 250 data resources that are not "all" of a service. */
export function readBasicSelectors(given: readonly unknown[]): readonly BasicSelector[] {
  if (given.length === 0 || given.length > basicSelectorsMax) {
    throw badSelectors(`A trail has 1 to ${basicSelectorsMax} event selectors`);
  }
  const selectors = given.map(readSelector);
  const resources = selectors.flatMap(({ dataResources }) =>
    dataResources.flatMap(({ type, values }) => values.filter((value) => !isWholeService(type, value))),
  );
  if (resources.length > dataResourcesMax) {
    throw badSelectors(`A trail has at most ${dataResourcesMax} data resources in all its event selectors`);
  }
  return selectors;
}

function readSelector(given: unknown): BasicSelector {
  const { ReadWriteType, IncludeManagementEvents, DataResources, ExcludeManagementEventSources } = members(
    given,
    "EventSelectors",
  );
  const readWriteType = optionalText(ReadWriteType, "ReadWriteType") ?? "All";
  const excluded = optionalTexts(ExcludeManagementEventSources, "ExcludeManagementEventSources") ?? [];
  return {
    readWriteType: oneOf(
      readWriteType,
      ["All", "ReadOnly", "WriteOnly"],
      "ReadWriteType",
      "InvalidEventSelectorsException",
    ),
    includesManagementEvents: optionalFlag(IncludeManagementEvents, "IncludeManagementEvents") ?? true,
    dataResources: (optionalList(DataResources, "DataResources") ?? []).map(readDataResource),
    excludedManagementSources: excluded.map((source) =>
      oneOf(source, excludableSources, "ExcludeManagementEventSources", "InvalidEventSelectorsException"),
    ),
  };
}

function readDataResource(given: unknown): BasicSelector["dataResources"][number] {
  const { Type, Values } = members(given, "DataResources");
  const type = optionalText(Type, "Type") ?? "";
  if (!basicResourceTypes.has(type)) {
    throw badSelectors(`The type of a data resource is one of ${[...basicResourceTypes.keys()].join(", ")}`);
  }
  const values = optionalTexts(Values, "Values") ?? [];
  const wrong = values.find((value) => !isWholeService(type, value) && !namesResources(type, value));
  if (wrong !== undefined) throw badSelectors(`Value ${wrong.slice(0, 300)} names no ${type}`);
  return { type, values };
}
