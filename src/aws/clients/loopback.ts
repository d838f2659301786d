/** Whether an endpoint is this machine: no name of a bucket leads to it. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return (
    hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || hostname.startsWith("127.")
  );
}
