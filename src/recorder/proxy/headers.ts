/** Of one connection, not of the message (RFC 9110, 7.6.1). */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "upgrade",
]);

/** Header names and values by turns, as Node reads and writes them unchanged. */
export type RawHeaders = readonly string[];

/**
 * The headers that go on, in their order and spelling. `Host` is among them as the client sent it: its signature covers
 * that name, whatever the server behind is called.
 */
export function headersToPassOn(raw: RawHeaders, alsoDropped: readonly string[] = []): string[] {
  const dropped = new Set([...hopByHop, ...alsoDropped]);
  for (const [name, value] of pairsOf(raw))
    if (name.toLowerCase() === "connection")
      for (const named of value.split(",")) dropped.add(named.trim().toLowerCase());
  // The message's own frame, whatever the connection claims of it.
  for (const own of ["host", "content-length"]) dropped.delete(own);
  if (!alsoDropped.includes("transfer-encoding")) dropped.delete("transfer-encoding");
  return pairsOf(raw).flatMap(([name, value]) => (dropped.has(name.toLowerCase()) ? [] : [name, value]));
}

export function pairsOf(raw: RawHeaders): readonly [name: string, value: string][] {
  return Array.from({ length: Math.floor(raw.length / 2) }, (_, index) => [
    raw[index * 2] ?? "",
    raw[index * 2 + 1] ?? "",
  ]);
}
