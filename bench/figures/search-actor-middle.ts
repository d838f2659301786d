import { pageProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** Rows in many places. */
export const searchActorMiddleFigure = defineSearchFigure({
  name: "search-actor-middle",
  summary: "Milliseconds to the last 50 events of an actor with about 1,000",
  probes: ({ middleActors }) => middleActors.map(({ text, count }) => pageProbe({ query: `user:"${text}"` }, count)),
});
