import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { z } from "zod";
import type { FetchedFile } from "../../intake/intake.ts";
import type { PushRequest, PushResponse } from "../source.ts";
import type { PushResult } from "./push-answers.ts";

const inflate = promisify(gunzip);

const recordsMax = 500_000;
/** Of all records of a post together, inflated. */
const inflatedBytesMax = 256 * 1024 * 1024;
const newLine = Buffer.from("\n");

const delivery = z.object({ requestId: z.string().max(1_024), records: z.array(z.object({ data: z.string() })) });

export type Unpacked =
  | { readonly ok: true; readonly bytes: Buffer; readonly requestId: string }
  | { readonly ok: false; readonly reason: string };

/** Data Firehose marks its posts (Developer Guide, "HTTP endpoint delivery request and response specifications"). */
export function isFirehose(headers: PushRequest["headers"]): boolean {
  return headers["x-amz-firehose-protocol-version"] !== undefined || requestIdOf(headers) !== "";
}

/**
 * The records of a post of Data Firehose, one after another, as if they had come in one file. What CloudWatch Logs sends
 * through Firehose is compressed record by record (CloudWatch Logs User Guide, "Real-time processing of log data with
 * subscriptions").
 */
export async function unpackFirehose(content: FetchedFile["content"]): Promise<Unpacked> {
  try {
    const body = "path" in content ? await readFile(content.path) : content.bytes;
    const text = (await inflated(body, inflatedBytesMax)).toString("utf8");
    const read = delivery.safeParse(JSON.parse(text));
    if (!read.success) return { ok: false, reason: "The post is not in the form that Data Firehose sends" };
    const { requestId, records } = read.data;
    if (records.length > recordsMax) return { ok: false, reason: `The post has more than ${recordsMax} records` };
    const parts: Buffer[] = [];
    let left = inflatedBytesMax;
    for (const { data } of records) {
      const part = await inflated(Buffer.from(data, "base64"), left);
      left -= part.length;
      parts.push(part, newLine);
    }
    return { ok: true, bytes: Buffer.concat(parts), requestId };
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is no JSON" : `cannot be unpacked: ${messageOf(error)}`;
    return { ok: false, reason: `The post ${reason}` };
  }
}

/** Firehose takes nothing for delivered but an answer of this form with the status 200. */
export function firehoseAnswer(requestId: string, result: PushResult, now: number): PushResponse {
  const id = { requestId, timestamp: now };
  if ("counts" in result) return { status: 200, headers: {}, body: id };
  const { status, detail, headers = {} } = result.refusal;
  return { status, headers, body: { ...id, errorMessage: detail.slice(0, 1_000) } };
}

export function requestIdOf(headers: PushRequest["headers"]): string {
  return (headers["x-amz-firehose-request-id"] ?? "").slice(0, 1_024);
}

async function inflated(bytes: Buffer, bytesMax: number): Promise<Buffer> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip && bytes.length > bytesMax) throw new RangeError(`it grew past ${inflatedBytesMax} bytes`);
  return isGzip ? inflate(bytes, { maxOutputLength: Math.max(1, bytesMax) }) : bytes;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
