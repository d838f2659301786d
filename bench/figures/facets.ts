import type { Search } from "../../src/search/index.ts";
import type { Truth } from "../corpus/truth.ts";
import type { Probe } from "../harness/ask.ts";
import { mustBe } from "../harness/errors.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";
import { questionsEach } from "../questions/choose.ts";

/** What the console's left column shows. */
const fields = [
  "eventName",
  "user",
  "errorCode",
  "eventSource",
  "sourceIPAddress",
  "awsRegion",
  "recipientAccountId",
  "userIdentity.type",
  "readOnly",
];
const fewest = 5;

/** The top values of all facets of everything at once; each time some more values, so that no two ask the same. */
export const facetsFigure = defineSearchFigure({
  name: "facets",
  summary: "Milliseconds to the most frequent values of the console's nine facets among all events",
  // No goal is set for it.
  target: [],
  probes: (_questions, truth) => Array.from({ length: questionsEach }, (_, more) => facetsProbe(truth, fewest + more)),
});

function facetsProbe(truth: Truth, limit: number): Probe {
  const truths: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    eventName: truth.byEventName,
    errorCode: truth.byErrorCode,
    awsRegion: truth.byRegion,
    recipientAccountId: truth.byAccount,
  };
  return {
    label: `facets of everything, ${limit} values each`,
    async ask(search: Search) {
      const began = performance.now();
      const facets = await search.facets({ query: "", fields, limit });
      const ms = performance.now() - began;
      for (const { field, values } of facets) {
        const counts = truths[field];
        if (counts === undefined) continue;
        const top = Object.values(counts)
          .toSorted((a, b) => b - a)
          .slice(0, limit);
        mustBe(`The counts of the facet ${field}`, values.map(({ count }) => count).join(), top.join());
        for (const { value, count } of values) mustBe(`The count of ${value}`, count, counts[value]);
      }
      return { ms };
    },
  };
}
