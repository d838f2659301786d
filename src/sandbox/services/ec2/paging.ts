import { AwsError } from "../../../aws/index.ts";
import { pageOf as cutPage } from "../pages.ts";
import { invalidCombination, invalidValue } from "./refusals.ts";

export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Page<Thing> {
  readonly things: readonly Thing[];
  readonly NextToken?: string;
}

/** A page of things, in the order of their ids; without `MaxResults` all of them. */
export function pageOf<Thing>(
  things: Iterable<Thing>,
  idOf: (thing: Thing) => string,
  request: PageRequest,
  options: { readonly least?: number; readonly most?: number; readonly ids?: readonly string[] | undefined } = {},
): Page<Thing> {
  const { least = 5, most = 1000, ids } = options;
  const { MaxResults: count, NextToken: token } = request;
  if (count !== undefined && (ids?.length ?? 0) > 0) {
    throw invalidCombination("The parameter MaxResults cannot be used with a list of ids");
  }
  if (count !== undefined && !(count >= least && count <= most)) {
    throw invalidValue(
      `Value ( ${count} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${most}.`,
    );
  }
  const sorted = [...things].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const page = cutPage(sorted, idOf, count ?? Number.MAX_SAFE_INTEGER, token);
  if (page === undefined) throw new AwsError("InvalidNextToken", "The specified NextToken is not valid");
  return { things: page.items, ...(page.next === undefined ? {} : { NextToken: page.next }) };
}
