import { pageProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** Few rows, far apart. */
export const searchActorRareFigure = defineSearchFigure({
  name: "search-actor-rare",
  summary: "Milliseconds to the last 50 events of an actor with about 200",
  probes: ({ rareActors }) => rareActors.map(({ text, count }) => pageProbe({ query: `user:"${text}"` }, count)),
});
