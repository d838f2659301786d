import { answerProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** Answered by a bloom filter. */
export const searchSourceIpFigure = defineSearchFigure({
  name: "search-source-ip",
  summary: "Milliseconds to the newest 50 events from an address and their count",
  probes: ({ sourceIps }) =>
    sourceIps.map(({ text, count }) => answerProbe({ query: `sourceIPAddress:${text}` }, count)),
});
