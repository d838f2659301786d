// In: questions in the query language, a range of time, the event store.
// Out: pages, counts over time, top values, records as they came, the explanation of a query.
// Never: writes events, knows HTTP, or touches the engine.
export { SearchError, type SearchErrorCode } from "./errors.ts";
export {
  Search,
  type EventDetails,
  type EventPage,
  type EventRow,
  type Explanation,
  type Facet,
  type HistogramPart,
  type Question,
} from "./search.ts";
export type { Actor } from "./actor.ts";
export { fieldTexts } from "./field-texts.ts";
export { readTimeRange } from "./time-range.ts";
