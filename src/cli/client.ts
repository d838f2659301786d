import { randomBytes } from "node:crypto";
import { hc } from "hono/client";
import type { Api, Problem } from "../server/index.ts";
import { dataDirectoryOf, readServerFile } from "../config/index.ts";
import { textOption, type Arguments, type CommandContext } from "./command.ts";
import { CommandError } from "./errors.ts";
import { publicUrlOf } from "./public-url.ts";
import { safeText } from "./print/safe-text.ts";

/** The API, wherever it runs. */
export interface Client extends AsyncDisposable {
  readonly api: ReturnType<typeof hc<Api>>["api"]["v1"];
  /** Where the server is that answers; undefined for the same app in this process. */
  readonly address: string | undefined;
  /** Throws the server's problem as an error. */
  ok(response: Response | Promise<Response>): Promise<Response>;
}

/** What the server says when AWS refused. */
const badGateway = 502;
const inProcess = "http://127.0.0.1";

/**
 * Finds the API that a command speaks to: the server named with `--server`, the one that has the data folder open, or
 * else the same app in this process.
 */
export async function openClient(args: Arguments, context: CommandContext): Promise<Client> {
  const named = textOption(args, "server") ?? context.environment.serverUrl;
  if (named !== undefined) return overHttp(named, undefined, context);
  const dataDirectory = dataDirectoryOf(textOption(args, "data"), context.environment);
  const server = await readServerFile(dataDirectory);
  if (server) return overHttp(server.url, server.token, context);
  // Everything that answers is brought in only where nobody else has it open.
  const { createApp, openServices } = await import("../server/index.ts");
  const { stateUrl, geoCountry: country, geoNetwork: network } = context.environment;
  const publicUrl = publicUrlOf(undefined, context.environment);
  const services = await openServices({
    ...{ dataDirectory, stateUrl, publicUrl, now: context.now },
    addressFiles: { country, network },
  });
  const token = randomBytes(32).toString("base64url");
  const app = createApp({ services, token, hosts: ["127.0.0.1"], onFailure: () => undefined });
  const fetchIn = async (input: string | Request | URL, init?: RequestInit) =>
    stoppable(await app.fetch(new Request(input, init)), context.signal);
  return clientOf(inProcess, token, fetchIn, context, async () => services[Symbol.asyncDispose]());
}

/** A body that ends with the signal, as one that comes over the network would. */
function stoppable(response: Response, signal: AbortSignal): Response {
  return response.body === null
    ? response
    : new Response(response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal }), response);
}

function overHttp(url: string, token: string | undefined, context: CommandContext): Client {
  const unreachable = (cause: unknown) =>
    new CommandError(`The server at ${url} does not answer`, {
      code: "server-unreachable",
      fault: "user",
      help: "Start it with trailwarden serve, or check the address",
      cause,
    });
  const fetchOver = async (input: string | Request | URL, init?: RequestInit) => {
    try {
      return await fetch(input, init);
    } catch (error) {
      context.signal.throwIfAborted();
      throw unreachable(error);
    }
  };
  return clientOf(url, token, fetchOver, context, async () => undefined);
}

function clientOf(
  url: string,
  token: string | undefined,
  fetchWith: typeof fetch,
  context: CommandContext,
  close: () => Promise<void>,
): Client {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const client = hc<Api>(url, { headers, fetch: fetchWith, init: { signal: context.signal } });
  return {
    api: client.api.v1,
    address: url === inProcess ? undefined : url,
    ok: throwProblem,
    [Symbol.asyncDispose]: close,
  };
}

async function throwProblem(response: Response | Promise<Response>): Promise<Response> {
  const answer = await response;
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => undefined)) as Problem | undefined;
  throw problemError(problem, answer.status);
}

/** A problem that came over the wire, as the error it was. */
export function problemError(problem: Problem | undefined, status: number): CommandError {
  const detail = problem?.detail ?? `The server answered ${status}`;
  return new CommandError(`${detail}${problem?.details ? markedQuery(problem.details) : ""}`, {
    code: "server-refused",
    fault: status === badGateway ? "aws" : status >= 500 ? "ours" : "user",
    ...(problem?.help === undefined ? {} : { help: problem.help }),
    details: { status, ...(problem?.code === undefined ? {} : { code: problem.code }), ...problem?.details },
  });
}

/** Where a query is wrong, as `explain` says it. */
export interface QueryMistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly suggestion?: string;
}

export function queryError(query: string, mistake: QueryMistake): CommandError {
  return new CommandError(`${mistake.message}${markedQuery({ query, ...mistake })}`, {
    code: "arguments-invalid",
    fault: "user",
    ...(mistake.suggestion === undefined ? {} : { help: `Did you mean ${mistake.suggestion}?` }),
  });
}

/** The query with a mark under the place where it is wrong. */
function markedQuery(details: Readonly<Record<string, unknown>>): string {
  const { query, start, end } = details;
  if (typeof query !== "string" || typeof start !== "number" || typeof end !== "number") return "";
  return `\n  ${safeText(query)}\n  ${" ".repeat(start)}${"^".repeat(Math.max(1, end - start))}`;
}

/** The JSON values of an NDJSON body, as they come. */
export async function* readLines<T>(response: Response): AsyncGenerator<T, void, undefined> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield JSON.parse(line) as T;
  }
  if (rest !== "") yield JSON.parse(rest) as T;
}
