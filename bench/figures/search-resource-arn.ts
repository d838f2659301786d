import { answerProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** Answered by a bloom filter over hashes of the ARNs of each event, or by the hashes. */
export const searchResourceArnFigure = defineSearchFigure({
  name: "search-resource-arn",
  summary: "Milliseconds to the newest 50 events that list an ARN in resources and their count",
  probes: ({ resources }) =>
    resources.map(({ text, count }) => answerProbe({ query: `resources.ARN:"${text}"` }, count)),
});
