import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { plain } from "../say/plain.ts";
import type { Outcome } from "./channel.ts";

export interface Posting {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly now: number;
}

/** What is read of an answer, and what is shown of it. */
const answerBytesMax = 16_384;
const shownMax = 300;

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Posts JSON once and says what came of it. No redirect is followed: what is told goes where a person said, only there. */
export async function postJson(posting: Posting): Promise<Outcome> {
  try {
    return judge(await post(posting), posting.now);
  } catch (error) {
    return failed(error, posting.signal);
  }
}

/** A failure to reach the other side. */
export function failed(error: unknown, signal: AbortSignal): Outcome {
  const cause: unknown = signal.aborted ? signal.reason : error;
  return { isDelivered: false, about: "channel", answer: shortened(reasonOf(cause)) };
}

/** Many errors of Node say nothing but their code; of several tries, such as for each address, each has its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join("; ");
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return error.message || code || error.name;
}

/** What the other side said, as it may be shown. */
export function shortened(text: string): string {
  return plain(text, shownMax);
}

/** These say that the message is not as it should be; all else may be mended without it. */
const messageRefused: ReadonlySet<number> = new Set([400, 413, 422]);

function judge({ status, retryAfter, text }: HttpAnswer, now: number): Outcome {
  const answer = shortened(`${status} ${text}`);
  if (status >= 200 && status < 300) return { isDelivered: true, answer };
  const retryAfterMs = pauseOf(retryAfter, now);
  return {
    ...{ isDelivered: false, about: messageRefused.has(status) ? "message" : "channel" },
    answer: status >= 300 && status < 400 ? `${answer} (redirects are not followed)` : answer,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function pauseOf(retryAfter: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

function post({ url, body, headers, signal }: Posting): Promise<HttpAnswer> {
  const target = new URL(url);
  const request = target.protocol === "http:" ? requestPlain : requestSecure;
  return new Promise((resolve, reject) => {
    const options = {
      ...{ method: "POST", agent: false, signal },
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...headers },
    } as const;
    const asked = request(target, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const end = () => {
        const { statusCode = 0, headers: told } = response;
        const text = Buffer.concat(chunks).subarray(0, answerBytesMax).toString("utf8");
        resolve({ status: statusCode, retryAfter: told["retry-after"], text });
        response.destroy();
      };
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= answerBytesMax) end();
      });
      response.on("end", end);
      response.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
