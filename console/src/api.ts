import { hc, type InferResponseType } from "hono/client";
import type { Api, EventAnswer, HistogramMessage } from "../../src/server/index.ts";
import { heldToken, refuseToken } from "./access-token.ts";
import { readLines } from "./ndjson.ts";
import { toProblem, unreachable } from "./problem.ts";

/** Every request stays on the page's own origin. */
export const client = hc<Api>("/", { fetch: ask });
const { search, events, info, store } = client.api.v1;

export type EventPage = InferResponseType<typeof search.events.$get, 200>;
export type EventRow = EventPage["events"][number];
/** The verdicts on the log files that events came in, by the log file's id; one that nobody judged yet has none. */
export type Verdicts = EventPage["verdicts"];
export type Actor = EventRow["actor"];
export type ActorKind = Actor["kind"];
export type EventDetails = EventAnswer;
export type Facet = InferResponseType<typeof search.facets.$get, 200>["facets"][number];
export type Info = InferResponseType<typeof info.$get, 200>;
export type StoreStats = InferResponseType<typeof store.stats.$get, 200>;
export type HistogramLine = Exclude<HistogramMessage, { kind: "failed" }>;
export type ExportFormat = "ndjson" | "json" | "csv";

/** What is searched: the question's text, the span of time, and which verdicts on their log files events may have. */
export interface Question {
  readonly query: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** With commas between; all of them where there is none. */
  readonly verdict?: string | undefined;
}

export async function ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, withToken(init));
  } catch (error) {
    throw init?.signal?.aborted === true ? error : unreachable();
  }
  if (response.ok) return response;
  const problem = toProblem(await response.json().catch(() => undefined), response.status);
  if (problem.code === "token-missing" && heldToken() !== undefined) refuseToken();
  throw problem;
}

/** Changes say who may make them; what is only read needs nobody's leave. */
function withToken(init: RequestInit | undefined): RequestInit | undefined {
  const token = heldToken();
  if (token === undefined || init?.method === undefined || init.method === "GET") return init;
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  return { ...init, headers };
}

/** The question without its empty parts, which an address should not show either. */
function asked(question: Question): { query?: string; from?: string; to?: string; verdict?: string } {
  return {
    ...(question.query === "" ? {} : { query: question.query }),
    ...(question.from === undefined ? {} : { from: question.from }),
    ...(question.to === undefined ? {} : { to: question.to }),
    ...(question.verdict === undefined ? {} : { verdict: question.verdict }),
  };
}

export async function fetchInfo(signal: AbortSignal): Promise<Info> {
  const response = await info.$get({}, { init: { signal } });
  return await response.json();
}

export async function fetchStats(signal: AbortSignal): Promise<StoreStats> {
  const response = await store.stats.$get({}, { init: { signal } });
  return await response.json();
}

export async function fetchEvents(
  question: Question,
  page: { readonly limit: number; readonly cursor?: string | undefined; readonly fields: readonly string[] },
  signal: AbortSignal,
): Promise<EventPage> {
  const { limit, cursor, fields } = page;
  const query = {
    ...asked(question),
    limit: String(limit),
    ...(cursor === undefined ? {} : { cursor }),
    ...(fields.length === 0 ? {} : { fields: fields.join(",") }),
  };
  const response = await search.events.$get({ query }, { init: { signal } });
  return await response.json();
}

export async function fetchFacets(
  question: Question,
  wanted: { readonly fields: readonly string[]; readonly limit: number; readonly contains?: string | undefined },
  signal: AbortSignal,
): Promise<readonly Facet[]> {
  const { fields, limit, contains } = wanted;
  const query = {
    ...asked(question),
    fields: fields.join(","),
    limit: String(limit),
    ...(contains === undefined || contains === "" ? {} : { contains }),
  };
  const response = await search.facets.$get({ query }, { init: { signal } });
  return (await response.json()).facets;
}

export async function fetchEvent(id: string, account: string | undefined, signal: AbortSignal): Promise<EventDetails> {
  const query = account === undefined ? {} : { account };
  // The client puts the parameter into the path as it stands.
  const response = await events[":id"].$get({ param: { id: encodeURIComponent(id) }, query }, { init: { signal } });
  return await response.json();
}

/** The lines of the counting stream, one by one as they come. */
export async function* streamHistogram(
  question: Question,
  buckets: number,
  signal: AbortSignal,
): AsyncGenerator<HistogramLine> {
  const query = { ...asked(question), buckets: String(buckets) };
  const response = await search.histogram.$get({ query }, { init: { signal } });
  for await (const message of readLines<HistogramMessage>(response)) {
    if (message.kind === "failed") throw toProblem(message.problem, message.problem.status);
    yield message;
  }
}

/** Where the browser downloads everything that the question finds. */
export function exportAddress(question: Question, format: ExportFormat, fields: readonly string[]): string {
  const query = { ...asked(question), format, ...(fields.length === 0 ? {} : { fields: fields.join(",") }) };
  return `/api/v1/search/export?${new URLSearchParams(query).toString()}`;
}
