import { pageProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/** A part of a word, which no index of words knows. */
export const substringPageFigure = defineSearchFigure({
  name: "substring-page",
  summary: "Milliseconds to the newest 50 events that contain a part of a word such as *789123*",
  target: [{ of: "value", atMost: 1000 }],
  probes: ({ parts }) => parts.map(({ text, count }) => pageProbe({ query: `*${text}*` }, count)),
});
