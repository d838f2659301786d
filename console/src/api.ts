/** What the server answers; every request stays on the page's own origin. */

export type ActorKind =
  | "iam-user"
  | "role"
  | "root"
  | "service"
  | "account"
  | "federated"
  | "identity-center"
  | "unknown";

export interface Actor {
  readonly kind: ActorKind;
  readonly name: string;
  readonly session?: string | undefined;
  readonly arn?: string | undefined;
  readonly via?: string | undefined;
}

export interface EventRow {
  readonly id: string;
  readonly account: string;
  readonly time: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly region: string;
  readonly actor: Actor;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly readOnly: boolean | null;
  readonly category: string;
  readonly eventType: string;
  readonly resourceArns: readonly string[];
  readonly fields?: Readonly<Record<string, string | null>> | undefined;
}

export interface EventPage {
  readonly events: readonly EventRow[];
  readonly cursor: string | null;
  readonly range: { readonly from: string | null; readonly to: string | null };
}

export interface Info {
  readonly version: string;
  readonly madeUp: boolean;
  readonly madeUpNote?: string | undefined;
  readonly now: string;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface Facet {
  readonly field: string;
  readonly values: readonly FacetValue[];
  readonly more: boolean;
}

export interface HistogramBucket {
  readonly at: string;
  readonly count: number;
  readonly errors: number;
}

export type HistogramLine =
  | {
      readonly kind: "range";
      readonly from: string;
      readonly to: string;
      readonly intervalSeconds: number;
      readonly total: number;
    }
  | {
      readonly kind: "buckets";
      readonly buckets: readonly HistogramBucket[];
      readonly scanned: number;
      readonly total: number;
      readonly count: number;
    }
  | { readonly kind: "done"; readonly count: number; readonly seconds: number };

export interface LogFile {
  readonly name: string;
  readonly source: string;
  readonly sha256: string;
  readonly size: number;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
}

export interface EventDetails {
  readonly event: EventRow;
  readonly raw: string;
  readonly copies: number;
  readonly logFile: LogFile | null;
}

export interface StoreStats {
  readonly events: number;
}

/** What is searched: the question's text and the span of time. */
export interface Question {
  readonly query: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A refusal as the server words it (`application/problem+json`). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly help: string | undefined;

  constructor(body: { status: number; code: string; title: string; detail: string; help?: string | undefined }) {
    super(body.detail);
    this.name = "Problem";
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.help = body.help;
  }
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

function address(path: string, parameters: Parameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback = {
    status: response.status,
    code: "unreadable-answer",
    title: "The server answered in a way this page does not understand",
    detail: `HTTP status ${String(response.status)}`,
  };
  try {
    const body: unknown = await response.json();
    if (typeof body !== "object" || body === null) return new Problem(fallback);
    const field = (name: string) => {
      const value: unknown = Reflect.get(body, name);
      return typeof value === "string" ? value : undefined;
    };
    return new Problem({
      status: response.status,
      code: field("code") ?? fallback.code,
      title: field("title") ?? fallback.title,
      detail: field("detail") ?? fallback.detail,
      help: field("help"),
    });
  } catch {
    return new Problem(fallback);
  }
}

async function ask(path: string, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Problem({
      status: 0,
      code: "server-unreachable",
      title: "The server does not answer",
      detail: "No connection to the Trailwarden server that sent this page",
      help: "See whether it still runs; start it again with npm start",
    });
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}

async function askJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, signal);
  return (await response.json()) as T;
}

export function fetchInfo(signal?: AbortSignal): Promise<Info> {
  return askJson<Info>("/api/v1/info", signal);
}

export function fetchStats(signal?: AbortSignal): Promise<StoreStats> {
  return askJson<StoreStats>("/api/v1/store/stats", signal);
}

export function fetchEvents(
  question: Question,
  page: { limit: number; cursor?: string | undefined; fields: readonly string[] },
  signal?: AbortSignal,
): Promise<EventPage> {
  const path = address("/api/v1/search/events", {
    ...question,
    limit: page.limit,
    cursor: page.cursor,
    fields: page.fields.join(","),
  });
  return askJson<EventPage>(path, signal);
}

export async function fetchFacets(
  question: Question,
  wanted: { fields: readonly string[]; limit: number; contains?: string | undefined },
  signal?: AbortSignal,
): Promise<readonly Facet[]> {
  const path = address("/api/v1/search/facets", {
    ...question,
    fields: wanted.fields.join(","),
    limit: wanted.limit,
    contains: wanted.contains,
  });
  return (await askJson<{ facets: readonly Facet[] }>(path, signal)).facets;
}

export function fetchEvent(id: string, account: string | undefined, signal?: AbortSignal): Promise<EventDetails> {
  return askJson<EventDetails>(address(`/api/v1/events/${encodeURIComponent(id)}`, { account }), signal);
}

/** The lines of the counting stream, one by one as they come. */
export async function* streamHistogram(
  question: Question,
  buckets: number,
  signal: AbortSignal,
): AsyncGenerator<HistogramLine> {
  const response = await ask(address("/api/v1/search/histogram", { ...question, buckets }), signal);
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : (lines.pop() ?? "");
    for (const line of lines) if (line !== "") yield JSON.parse(line) as HistogramLine;
    if (done) return;
  }
}

export type ExportFormat = "ndjson" | "json" | "csv";

/** Where the browser downloads everything that the question finds. */
export function exportAddress(question: Question, format: ExportFormat, fields: readonly string[]): string {
  return address("/api/v1/search/export", { ...question, format, fields: fields.join(",") });
}
