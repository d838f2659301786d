import { ask } from "./api.ts";

type Query = Readonly<Record<string, string | undefined>>;

/** The query's parts that say something, behind a `?`. */
function printQuery(query: Query): string {
  const given = Object.entries(query).filter(
    (each): each is [string, string] => each[1] !== undefined && each[1] !== "",
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

/** Asks the server for something, by the page's own origin. */
export async function getJson<T>(path: string, query: Query, signal: AbortSignal): Promise<T> {
  const response = await ask(`/api/v1/${path}${printQuery(query)}`, { signal });
  return (await response.json()) as T;
}

/** Has the server change something; the answer is what it is now, or nothing. */
export async function sendJson<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T> {
  const response = await ask(`/api/v1/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A part of a path, whatever stands in it. */
export function part(name: string): string {
  return encodeURIComponent(name);
}
