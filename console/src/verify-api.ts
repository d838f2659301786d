import type { InferResponseType } from "hono/client";
import { client } from "./api.ts";

const { verify } = client.api.v1;

export type IntegrityOverview = InferResponseType<typeof verify.overview.$get, 200>;
export type IntegrityGrid = InferResponseType<typeof verify.grid.$get, 200>;
export type GridCell = IntegrityGrid["cells"][number];
export type CellStanding = GridCell["standing"];
export type ChainView = InferResponseType<typeof verify.chains.$get, 200>["chains"][number];
export type HourEvidence = InferResponseType<typeof verify.hours.$get, 200>;
export type JudgedDigest = HourEvidence["digests"][number];
export type JudgedFile = HourEvidence["files"][number];
export type EvidenceGap = HourEvidence["gaps"][number];
type FindingsPage = InferResponseType<typeof verify.findings.$get, 200>;
export type IntegrityFinding = FindingsPage["findings"][number];
export type DayStatement = InferResponseType<typeof verify.statements.$get, 200>["statements"][number];
export type VerdictKind = JudgedFile["kind"];

/** Which deliveries are looked at; an empty text is no condition. */
export interface IntegrityAsk {
  readonly from: string;
  readonly to: string;
  readonly account: string;
  readonly region: string;
}

function asked<Ask extends Partial<IntegrityAsk>>(ask: Ask): Partial<Ask> {
  return Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== "")) as Partial<Ask>;
}

export async function fetchOverview(ask: IntegrityAsk, signal: AbortSignal): Promise<IntegrityOverview> {
  return await (await verify.overview.$get({ query: asked(ask) }, { init: { signal } })).json();
}

export async function fetchGrid(ask: IntegrityAsk, signal: AbortSignal): Promise<IntegrityGrid> {
  return await (await verify.grid.$get({ query: asked(ask) }, { init: { signal } })).json();
}

export async function fetchChains(signal: AbortSignal): Promise<readonly ChainView[]> {
  return (await (await verify.chains.$get({}, { init: { signal } })).json()).chains;
}

export async function fetchHour(
  query: { readonly account: string; readonly region: string; readonly hour: string },
  signal: AbortSignal,
): Promise<HourEvidence> {
  return await (await verify.hours.$get({ query }, { init: { signal } })).json();
}

export async function fetchFindings(
  ask: Partial<IntegrityAsk> & { readonly open?: "true" | "false" },
  page: { readonly after: string; readonly limit: number },
  signal: AbortSignal,
): Promise<FindingsPage> {
  const { after, limit } = page;
  const query = { ...asked(ask), limit: String(limit), ...(after === "" ? {} : { after }) };
  return await (await verify.findings.$get({ query }, { init: { signal } })).json();
}

export async function fetchStatements(
  ask: Omit<IntegrityAsk, "region">,
  signal: AbortSignal,
): Promise<readonly DayStatement[]> {
  return (await (await verify.statements.$get({ query: asked(ask) }, { init: { signal } })).json()).statements;
}
