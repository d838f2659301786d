import type { InferResponseType } from "hono/client";
import type { CheckMessage, TestMessage } from "../../src/server/index.ts";
import { client } from "./api.ts";
import { readLines } from "./ndjson.ts";
import { toProblem } from "./problem.ts";

const { collect } = client.api.v1;

export type Kind = InferResponseType<typeof collect.kinds.$get, 200>["kinds"][number];
export type Permission = Kind["permissions"][number];
export type Source = InferResponseType<typeof collect.sources.$get, 200>["sources"][number];
export type SourceStatus = Source["status"];
export type Added = InferResponseType<typeof collect.sources.$post, 201>;
export type LedgerTotals = Source["ledger"];
type LedgerAnswer = InferResponseType<typeof collect.ledger.$get, 200>;
export type LedgerHour = LedgerAnswer["hours"][number];
export type MissingPage = InferResponseType<typeof collect.ledger.missing.$get, 200>;
export type LedgerEntry = MissingPage["entries"][number];
export type Account = InferResponseType<typeof collect.accounts.$get, 200>["accounts"][number];
export type Filter = InferResponseType<typeof collect.filters.$get, 200>["filters"][number];
export type SetAsidePage = InferResponseType<(typeof collect.sources)[":name"]["set-aside"]["$get"], 200>;
export type SetAsideMessage = SetAsidePage["messages"][number];
export type Delay = InferResponseType<typeof collect.delays.$get, 200>["delays"][number];
export type CheckLine = Exclude<CheckMessage, { kind: "failed" }>;
export type TestLine = Exclude<TestMessage, { kind: "failed" }>;
export type Finding = Extract<TestLine, { kind: "finding" }>["finding"];

/** The newest hours that are asked for at once; the server gives no more. */
export const ledgerHoursMax = 10_000;

/** The client puts a parameter into the path as it stands. */
function named(name: string): { readonly param: { readonly name: string } } {
  return { param: { name: encodeURIComponent(name) } };
}

export async function fetchKinds(signal: AbortSignal): Promise<readonly Kind[]> {
  return (await (await collect.kinds.$get({}, { init: { signal } })).json()).kinds;
}

export async function fetchSources(signal: AbortSignal): Promise<readonly Source[]> {
  return (await (await collect.sources.$get({}, { init: { signal } })).json()).sources;
}

export async function fetchSource(name: string, signal: AbortSignal): Promise<Source> {
  return await (await collect.sources[":name"].$get(named(name), { init: { signal } })).json();
}

/** What a person gave for a source. */
export interface Given {
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export async function addSource({ secrets, ...given }: Given & { readonly name: string }): Promise<Added> {
  const json = { ...given, settings: { ...given.settings }, ...(secrets ? { secrets: { ...secrets } } : {}) };
  return await (await collect.sources.$post({ json })).json();
}

export async function pauseSource(name: string): Promise<Source> {
  return await (await collect.sources[":name"].pause.$post(named(name))).json();
}

export async function resumeSource(name: string): Promise<Source> {
  return await (await collect.sources[":name"].resume.$post(named(name))).json();
}

export async function removeSource(name: string): Promise<void> {
  await collect.sources[":name"].$delete(named(name));
}

/** What is found out about settings, one by one. */
export async function* checkSettings({ secrets, ...given }: Given, signal: AbortSignal): AsyncGenerator<CheckLine> {
  const json = { ...given, settings: { ...given.settings }, ...(secrets ? { secrets: { ...secrets } } : {}) };
  for await (const line of readLines<CheckMessage>(await collect.checks.$post({ json }, { init: { signal } }))) {
    if (line.kind === "failed") throw toProblem(line.problem, line.problem.status);
    yield line;
  }
}

/** The steps of a test, one by one. */
export async function* testSource(
  name: string,
  json: { readonly waitSeconds: number; readonly mayCall: boolean },
  signal: AbortSignal,
): AsyncGenerator<TestLine> {
  const response = await collect.sources[":name"].test.$post({ ...named(name), json }, { init: { signal } });
  for await (const line of readLines<TestMessage>(response)) {
    if (line.kind === "failed") throw toProblem(line.problem, line.problem.status);
    yield line;
  }
}

export async function fetchSetAside(name: string, after: string, signal: AbortSignal): Promise<SetAsidePage> {
  const query = { limit: "20", ...(after === "" ? {} : { after }) };
  return await (
    await collect.sources[":name"]["set-aside"].$get({ ...named(name), query }, { init: { signal } })
  ).json();
}

/** All of them where no ids are given; tells which stay, and why. */
export async function sendAgain(name: string, ids: readonly string[] | undefined) {
  const json = ids === undefined ? {} : { ids: [...ids] };
  return await (await collect.sources[":name"]["set-aside"]["send-again"].$post({ ...named(name), json })).json();
}

export async function dropSetAside(name: string, ids: readonly string[]): Promise<void> {
  await collect.sources[":name"]["set-aside"].drop.$post({ ...named(name), json: { ids: [...ids] } });
}

/** Which part of the ledger is looked at; an empty text is no condition. */
export interface Selection {
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly from: string;
  readonly to: string;
}

function selected(selection: Selection): Partial<Selection> {
  return Object.fromEntries(Object.entries(selection).filter(([, value]) => value !== ""));
}

export async function fetchLedger(selection: Selection, signal: AbortSignal): Promise<LedgerAnswer> {
  const query = { ...selected(selection), digests: "without" as const, limit: String(ledgerHoursMax) };
  return await (await collect.ledger.$get({ query }, { init: { signal } })).json();
}

export async function fetchMissing(selection: Selection, after: string, signal: AbortSignal): Promise<MissingPage> {
  const query = { ...selected(selection), limit: "50", ...(after === "" ? {} : { after }) };
  return await (await collect.ledger.missing.$get({ query }, { init: { signal } })).json();
}

export async function fetchAgain(selection: Selection): Promise<number> {
  return (await (await collect.ledger["take-up-again"].$post({ json: selected(selection) })).json()).count;
}

export async function fetchAccounts(signal: AbortSignal): Promise<readonly Account[]> {
  return (await (await collect.accounts.$get({}, { init: { signal } })).json()).accounts;
}

export async function fetchFilters(signal: AbortSignal): Promise<readonly Filter[]> {
  return (await (await collect.filters.$get({}, { init: { signal } })).json()).filters;
}

export async function addFilter(filter: { readonly name: string; readonly query: string }): Promise<Filter> {
  return await (await collect.filters.$post({ json: filter })).json();
}

export async function removeFilter(name: string): Promise<void> {
  await collect.filters[":name"].$delete(named(name));
}

export async function fetchDelays(
  query: { readonly from: string; readonly limit: number },
  signal: AbortSignal,
): Promise<readonly Delay[]> {
  const asked = { from: query.from, limit: String(query.limit) };
  return (await (await collect.delays.$get({ query: asked }, { init: { signal } })).json()).delays;
}
