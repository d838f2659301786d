import { answerProbe, type Probe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";
import type { Literal } from "../questions/choose.ts";

/** Two conditions on dictionary columns. */
export const searchErrorRegionFigure = defineSearchFigure({
  name: "search-error-region",
  summary: "Milliseconds to the newest 50 events with an error in a region and their count",
  probes: ({ errorRegions }) => errorRegions.map(errorRegionProbe),
});

function errorRegionProbe({ text, count }: Literal): Probe {
  const [error = "", region = ""] = text.split(" ");
  return answerProbe({ query: `errorCode:${error} awsRegion:${region}` }, count);
}
