import { firstAnswerProbe } from "../harness/ask.ts";
import { defineSearchFigure } from "../harness/search-figure.ts";

/**
 * A part of a word, which no index of words knows. The time is that until the first answer: the newest 50 events, or what
 * was found of them in the newest part, from where the search goes on.
 */
export const substringPageFigure = defineSearchFigure({
  name: "substring-page",
  summary: "Milliseconds to the first answer to a part of a word such as *789123*, newest first",
  target: [{ of: "value", atMost: 1000 }],
  probes: ({ parts }) => parts.map(({ text, count }) => firstAnswerProbe({ query: `*${text}*` }, count)),
});
