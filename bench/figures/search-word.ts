import { answerProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** Numbers, identifiers and words somewhere in the record. */
export const searchWordFigure = defineSearchFigure({
  name: "search-word",
  summary: "Milliseconds to the newest 50 events with a whole word anywhere and their count",
  probes: ({ words }) => words.map(({ text, count }) => answerProbe({ query: text }, count)),
});
