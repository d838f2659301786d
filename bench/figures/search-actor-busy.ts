import { pageProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** Rows nearly everywhere, so the newest part answers. */
export const searchActorBusyFigure = defineSearchFigure({
  name: "search-actor-busy",
  summary: "Milliseconds to the last 50 events of one of the busiest actors",
  probes: ({ busyActors }) => busyActors.map(({ text, count }) => pageProbe({ query: `user:"${text}"` }, count)),
});
