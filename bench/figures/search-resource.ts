import { answerProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** The short name people type; the parameters have no column of their own. */
export const searchResourceFigure = defineSearchFigure({
  name: "search-resource",
  summary:
    "Milliseconds to the newest 50 events that list an ARN in resources or ask for it in a parameter, and their count",
  // No goal is set for it.
  target: [],
  probes: ({ targets }) => targets.map(({ text, count }) => answerProbe({ query: `resource:"${text}"` }, count)),
});
