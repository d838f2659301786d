import type { SandboxFile } from "../sandbox/index.ts";

/** What a sandbox's control API answered. */
export interface ControlAnswer {
  readonly ok: boolean;
  readonly status: number;
  /** JSON as it was read; an empty object where there was none. */
  readonly body: unknown;
  /** What it says against the request, when it does. */
  readonly message: string;
}

/**
 * Asks the control API of a running sandbox: faults, clock, stories. Nothing when nobody answers there; rejects when the
 * signal is aborted.
 */
export async function askSandbox(
  file: Pick<SandboxFile, "url" | "token">,
  path: string,
  options: { readonly method?: string; readonly body?: object; readonly signal?: AbortSignal } = {},
): Promise<ControlAnswer | undefined> {
  const { body, signal, method = body === undefined ? "GET" : "POST" } = options;
  const response = await fetch(`${file.url}/_trailwarden/${path}`, {
    method,
    headers: { authorization: `Bearer ${file.token}`, "content-type": "application/json" },
    ...(signal === undefined ? {} : { signal }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  signal?.throwIfAborted();
  if (response === undefined) return undefined;
  const text = await response.text();
  const answer: unknown = text === "" ? {} : JSON.parse(text);
  const { message } = answer as { readonly message?: unknown };
  return { ok: response.ok, status: response.status, body: answer, message: String(message ?? response.status) };
}
