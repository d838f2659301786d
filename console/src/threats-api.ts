import type { AddressAnswer, ThreatListAnswer, ThreatListBody } from "../../src/server/index.ts";
import { getJson, part, sendJson } from "./ask-json.ts";

export type ThreatList = ThreatListAnswer;
export type ThreatKind = ThreatList["kind"];
export type ThreatListAsk = ThreatListBody;
export type AddressFacts = AddressAnswer;

export const threatKinds: readonly ThreatKind[] = ["addresses", "domains", "keys"];

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
