import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { type AwsClient, clientFor, type Credentials, type ServiceName } from "../../aws/index.ts";
import { systemClock } from "../../base/clock.ts";
import { type CloudTrailRecord } from "../../cloudtrail/index.ts";
// The sandbox's state is what the recorder keeps things in; a test makes its material where it finds it.
import { openState } from "../../sandbox/index.ts";
import { type Recording, type RecordingOptions, startRecording } from "./start-recording.ts";

/** A recording before a server, in a folder that is gone afterwards. */
export interface OpenRecording extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  readonly recording: Recording;
  readonly failures: readonly unknown[];
  /** Ends the recording; the records that its files hold then, in the order of their events. */
  end(): Promise<readonly CloudTrailRecord[]>;
}

export async function openRecording(upstream: string, options: Partial<RecordingOptions> = {}): Promise<OpenRecording> {
  const place = makeTemporaryFolder();
  const folder = join(place.path, "recorded");
  const state = openState(":memory:");
  const failures: unknown[] = [];
  const recording = await startRecording({
    upstream,
    port: 0,
    folder,
    workFolder: join(place.path, "work"),
    state,
    clock: systemClock,
    accountId: "123456789012",
    region: "us-east-1",
    logFileSeconds: 300,
    withDataEvents: true,
    withDigests: false,
    failed: (error) => failures.push(error),
    ...options,
  });
  return {
    url: recording.url,
    folder,
    recording,
    failures,
    async end() {
      await recording[Symbol.asyncDispose]();
      return recordsIn(folder);
    },
    async [Symbol.asyncDispose]() {
      await recording[Symbol.asyncDispose]();
      state.close();
      place[Symbol.dispose]();
    },
  };
}

/** The records of all log files below a folder. */
export function recordsIn(folder: string): readonly CloudTrailRecord[] {
  const paths = globSync("AWSLogs/*/CloudTrail/**/*.json.gz", { cwd: folder }).toSorted();
  return paths.flatMap((path) => {
    const text = gunzipSync(readFileSync(join(folder, path))).toString("utf8");
    return (JSON.parse(text) as { readonly Records: readonly CloudTrailRecord[] }).Records;
  });
}

/** A server on this machine that answers as a test wants. */
export async function openServer(answer: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(answer);
  server.on("checkContinue", answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What `authorization` says of a request that is signed for a service, by nobody. */
export function signedFor(service: string, key = "AKIAEXAMPLE", region = "eu-west-1"): string {
  return `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"a".repeat(64)}`;
}

export type Answer = readonly [status: number, headers: Readonly<Record<string, string>>, body?: string];

/** A server that answers everything with what was last set; empty and fine at first. */
export async function openAnswering(): Promise<AsyncDisposable & { readonly url: string; next: Answer }> {
  const server = await openServer((message, response) => {
    message.resume().once("end", () => {
      const [status, headers, body] = answering.next;
      response.writeHead(status, headers);
      response.end(message.method === "HEAD" ? undefined : body);
    });
  });
  const answering = {
    url: server.url,
    next: [200, {}] as Answer,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return answering;
}

export async function clientOf<S extends ServiceName>(
  service: S,
  { url }: OpenRecording,
  credentials: Credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "SECRETACCESSKEYOFNOBODY" },
): Promise<AwsClient<S>> {
  return clientFor(service, { region: "eu-west-1", endpoint: url, credentials, maxAttempts: 1 });
}

/** An answer of the query protocol. */
export function xmlAnswer(operation: string, result: string): string {
  return `<${operation}Response><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${operation}Response>`;
}
