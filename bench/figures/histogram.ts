import { corpusStartsAt } from "../corpus/shape.ts";
import type { Truth } from "../corpus/truth.ts";
import { countProbe, type Probe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";
import { questionsEach } from "../questions/choose.ts";

const hourMs = 3_600_000;

/** Everything over time; each time the range begins an hour later, so that no two ask the same. */
export const histogramFigure = defineSearchFigure({
  name: "histogram",
  summary: "Milliseconds to the counts over time of all events",
  probes: (_questions, truth) => Array.from({ length: questionsEach }, (_, hours) => fromHour(truth, hours)),
});

function fromHour({ byHour }: Truth, hours: number): Probe {
  const from = new Date(corpusStartsAt + hours * hourMs).toISOString();
  const count = byHour.slice(hours).reduce((sum, events) => sum + events, 0);
  return countProbe({ query: "", from }, count);
}
