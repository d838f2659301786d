import { answerProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** Answered by a dictionary column and its index. */
export const searchEventNameFigure = defineSearchFigure({
  name: "search-event-name",
  summary: "Milliseconds to the newest 50 events of a name and their count",
  probes: ({ eventNames }) => eventNames.map(({ text, count }) => answerProbe({ query: `eventName:${text}` }, count)),
});
