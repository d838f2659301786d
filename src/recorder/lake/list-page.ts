import { type By } from "../by.ts";
import { openToken, sealToken } from "../page-token.ts";
import { optionalText, optionalWhole } from "../parameters.ts";
import { refusal } from "../refusal.ts";

const resultsMax = 1000;

/** A page of things in the order of their ARNs (API Reference, ListChannels: `MaxResults` from 1 to 1000). */
export function pageOf<Thing extends { readonly arn: string }>(
  tokenKey: Uint8Array,
  operation: string,
  things: readonly Thing[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  by: By,
): { readonly page: readonly Thing[]; readonly next: { readonly NextToken?: string } } {
  const limit = optionalWhole(input.MaxResults, "MaxResults") ?? resultsMax;
  if (limit < 1 || limit > resultsMax) {
    throw refusal("InvalidMaxResultsException", `MaxResults is from 1 to ${resultsMax}`);
  }
  const question = [operation, by.accountId, by.region];
  const token = optionalText(input.NextToken, "NextToken");
  const after = token === undefined ? "" : openToken(tokenKey, question, token);
  if (typeof after !== "string") throw refusal("InvalidNextTokenException", `NextToken is not one of ${operation}`);
  const rest = things.filter(({ arn }) => arn > after).sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rest.length > limit && last !== undefined;
  return { page, next: hasMore ? { NextToken: sealToken(tokenKey, question, last.arn) } : {} };
}
