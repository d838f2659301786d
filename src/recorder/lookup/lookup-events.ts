import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { type By } from "../by.ts";
import { openToken, sealToken } from "../page-token.ts";
import { members, oneOf, optionalInstant, optionalList, optionalText, optionalWhole } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { type FoundEvent, type History, type HistoryQuestion, type PagePlace } from "./history.ts";

const resultsMax = 50;
const valueCharactersMax = 2000;

const attributeKeys = [
  "AccessKeyId",
  "EventId",
  "EventName",
  "EventSource",
  "ReadOnly",
  "ResourceName",
  "ResourceType",
  "Username",
] as const;
/** Insights are found by these only (API Reference, LookupEvents). */
const insightAttributeKeys = ["EventId", "EventName", "EventSource"] as const;

/** The event history of the caller's account and region, newest first; it needs no trail. */
export async function lookupEvents(
  parts: { readonly history: History },
  input: InputOf<"cloudtrail", "LookupEvents">,
  by: By,
): Promise<OutputOf<"cloudtrail", "LookupEvents">> {
  const { history } = parts;
  const question = readQuestion(input);
  const range = readRange(input);
  const token = optionalText(input.NextToken, "NextToken");
  const limit = readLimit(input.MaxResults);
  const bound = [by.accountId, by.region, question, range];
  const after = token === undefined ? undefined : (openToken(history.tokenKey, bound, token) as PagePlace | undefined);
  if (token !== undefined && after === undefined) {
    throw refusal("InvalidNextTokenException", "NextToken is not one that was given for these parameters");
  }
  const found = history.find({
    ...question,
    ...range,
    accountId: by.accountId,
    region: by.region,
    after,
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return {
    Events: page.map(shapeOf),
    ...(hasMore ? { NextToken: sealToken(history.tokenKey, bound, last.place) } : {}),
  };
}

type Asked = Pick<HistoryQuestion, "category" | "attribute">;

function readQuestion(input: InputOf<"cloudtrail", "LookupEvents">): Asked {
  const category = optionalText(input.EventCategory, "EventCategory");
  if (category !== undefined && category !== "insight") {
    throw refusal("InvalidEventCategoryException", "The only EventCategory is insight");
  }
  const given = optionalList(input.LookupAttributes, "LookupAttributes") ?? [];
  if (given.length > 1) throw badAttribute("There is at most one attribute");
  const keys = category === "insight" ? insightAttributeKeys : attributeKeys;
  const attribute = given.length === 0 ? undefined : readAttribute(given[0], keys);
  return { category: category === "insight" ? "insight" : "management", attribute };
}

function readAttribute(given: unknown, keys: readonly string[]): { readonly key: string; readonly value: string } {
  const { AttributeKey, AttributeValue } = members(given, "LookupAttributes");
  const key = oneOf(
    optionalText(AttributeKey, "AttributeKey") ?? "",
    keys,
    "AttributeKey",
    "InvalidLookupAttributesException",
  );
  const value = optionalText(AttributeValue, "AttributeValue") ?? "";
  // Underscores, spaces, commas and new lines count twice (API Reference, LookupAttribute).
  const length = value.length + (value.match(/[_ ,\n]/g)?.length ?? 0);
  if (value === "" || length > valueCharactersMax) {
    throw badAttribute(`An attribute's value has 1 to ${valueCharactersMax} characters`);
  }
  return { key, value };
}

/** An end before the start is refused; times before the 90 days find nothing. */
function readRange(input: InputOf<"cloudtrail", "LookupEvents">): { readonly from: number; readonly to: number } {
  const from = optionalInstant(input.StartTime, "StartTime") ?? 0;
  const to = optionalInstant(input.EndTime, "EndTime") ?? Number.MAX_SAFE_INTEGER;
  if (from > to) throw refusal("InvalidTimeRangeException", "StartTime is after EndTime");
  return { from, to };
}

function readLimit(given: unknown): number {
  const limit = optionalWhole(given, "MaxResults") ?? resultsMax;
  if (limit < 1 || limit > resultsMax) {
    throw refusal("InvalidMaxResultsException", `MaxResults is from 1 to ${resultsMax}`);
  }
  return limit;
}

function shapeOf({ entry, json }: FoundEvent): NonNullable<OutputOf<"cloudtrail", "LookupEvents">["Events"]>[number] {
  return {
    EventId: entry.eventId,
    ...(entry.eventName === undefined ? {} : { EventName: entry.eventName }),
    ...(entry.readOnly === undefined ? {} : { ReadOnly: entry.readOnly }),
    ...(entry.accessKeyId === undefined ? {} : { AccessKeyId: entry.accessKeyId }),
    EventTime: new Date(entry.at),
    ...(entry.eventSource === undefined ? {} : { EventSource: entry.eventSource }),
    ...(entry.username === undefined ? {} : { Username: entry.username }),
    Resources: entry.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: json,
  };
}

function badAttribute(message: string) {
  return refusal("InvalidLookupAttributesException", message);
}
