import { getJson, part, sendJson } from "./ask-json.ts";
import type { Outcome } from "./detect-api.ts";
import type { Level } from "./parts/levels.ts";

export const threatKinds = ["addresses", "domains", "keys"] as const;
export type ThreatKind = (typeof threatKinds)[number];

/** Addresses, domains or access keys that somebody warned of; instants as ISO texts. */
export interface ThreatList {
  readonly name: string;
  readonly kind: ThreatKind;
  /** Empty where its entries were handed in. */
  readonly url: string;
  readonly everyMs: number;
  readonly expireMs: number;
  readonly level: Level;
  readonly outcome: Outcome;
  readonly license: string;
  readonly changedAt: string;
  readonly entries: number;
  readonly fetchedAt: string | null;
  readonly problem: string | null;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

export interface ThreatListAsk {
  readonly kind: ThreatKind;
  readonly url?: string;
  readonly everyMs?: number;
  readonly expireMs?: number;
  readonly level: Level;
  readonly outcome: Outcome;
  readonly license?: string;
  /** Its entries, one a line, where it has no URL. */
  readonly text?: string;
}

export interface AddressFacts {
  readonly address: string;
  /** ISO 3166 code, empty where it is not known. */
  readonly country: string;
  readonly asn: number | null;
  readonly owner: string;
  readonly nature: "public" | "aws" | "private" | "service" | "unknown";
  readonly lists: readonly string[];
}

export async function fetchThreatLists(signal: AbortSignal): Promise<readonly ThreatList[]> {
  type Answer = { readonly lists: readonly ThreatList[] };
  return (await getJson<Answer>("detect/threat-lists", {}, signal)).lists;
}

export async function putThreatList(name: string, ask: ThreatListAsk): Promise<void> {
  await sendJson("PUT", `detect/threat-lists/${part(name)}`, ask);
}

export async function removeThreatList(name: string): Promise<void> {
  await sendJson("DELETE", `detect/threat-lists/${part(name)}`);
}

export async function refreshThreatList(name: string): Promise<void> {
  await sendJson("POST", `detect/threat-lists/${part(name)}/refresh`);
}

export async function fetchAddress(address: string, signal: AbortSignal): Promise<AddressFacts> {
  type Answer = { readonly address: AddressFacts };
  return (await getJson<Answer>(`detect/addresses/${part(address)}`, {}, signal)).address;
}
