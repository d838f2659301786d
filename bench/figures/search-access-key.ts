import { answerProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** Answered by a bloom filter. */
export const searchAccessKeyFigure = defineSearchFigure({
  name: "search-access-key",
  summary: "Milliseconds to the newest 50 events of an access key and their count",
  probes: ({ accessKeys }) =>
    accessKeys.map(({ text, count }) => answerProbe({ query: `userIdentity.accessKeyId:${text}` }, count)),
});
