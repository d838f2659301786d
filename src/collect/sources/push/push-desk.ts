import { hash } from "node:crypto";
import type { FetchedFile, FileOutcome } from "../../intake/intake.ts";
import { diagnose } from "../diagnose.ts";
import type { PushRequest, PushResponse, SourceContext } from "../source.ts";
import { firehoseAnswer, isFirehose, requestIdOf, unpackFirehose } from "./firehose.ts";
import { busy, notNow, plainAnswer, tokenRefused, unreadable, type PushResult } from "./push-answers.ts";
import type { PushSettings } from "./push-settings.ts";
import { carriesToken } from "./push-token.ts";
import { receiveBody, type BodyResult, type ReceivedBody } from "./receive-body.ts";

const mebibyte = 1024 * 1024;
/** What the records of a post take in memory while they are unpacked, as a multiple of the post. */
const unpackedFactor = 3;

/** Takes posts in, each answered when what it holds is stored. */
export class PushDesk {
  readonly #settings: PushSettings;
  readonly #context: SourceContext;
  readonly #underWay = new Set<Promise<PushResponse>>();

  constructor(settings: PushSettings, context: SourceContext) {
    this.#settings = settings;
    this.#context = context;
  }

  accept(request: PushRequest): Promise<PushResponse> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const isFull = this.#underWay.size >= this.#settings.postsAtOnce;
    const answering = this.#answer({ headers, body: request.body }, isFull).finally(() =>
      this.#underWay.delete(answering),
    );
    this.#underWay.add(answering);
    return answering;
  }

  /** Resolves when nothing is under way any more. */
  async drain(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  async #answer(request: PushRequest, isFull: boolean): Promise<PushResponse> {
    const { headers } = request;
    const { clock } = this.#context;
    let requestId = requestIdOf(headers);
    const result = await this.#take(request, isFull, (id) => {
      requestId = id;
    });
    return isFirehose(headers) ? firehoseAnswer(requestId, result, clock.now()) : plainAnswer(result);
  }

  async #take({ headers, body }: PushRequest, isFull: boolean, onRequestId: (id: string) => void): Promise<PushResult> {
    const { secrets, report, folder, clock, signal } = this.#context;
    const { tokenHeader, postsAtOnce, mebibytesMax } = this.#settings;
    if (!carriesToken(headers, secrets, tokenHeader)) {
      report.swallowed("post without the token");
      return { refusal: tokenRefused() };
    }
    if (signal.aborted) return { refusal: notNow("This source is being stopped") };
    if (isFull) return { refusal: busy(`${postsAtOnce} posts are being taken in already`, 1) };
    const coding = (headers["content-encoding"] ?? "identity").toLowerCase();
    if (coding !== "identity" && coding !== "gzip") {
      return {
        refusal: unreadable(415, `The encoding ${coding.slice(0, 80)} cannot be read`, "Send gzip, or nothing"),
      };
    }
    report.messages(1);
    try {
      const received = await receiveBody(body, { folder, bytesMax: mebibytesMax * mebibyte, clock, signal });
      if (!received.ok) return { refusal: bodyRefusal(received.reason, mebibytesMax) };
      await using whole = received.body;
      return await (isFirehose(headers) ? this.#storeUnpacked(whole, onRequestId) : this.#store(whole));
    } catch (error) {
      if (signal.aborted) return { refusal: notNow("This source is being stopped") };
      const finding = diagnose(error, { what: "what was posted" });
      report.trouble(finding, "reading");
      return { refusal: notNow(`What was posted could not be stored: ${finding.sentence}`) };
    }
  }

  async #store({ content, sha256, sizeBytes }: Pick<ReceivedBody, "content" | "sha256" | "sizeBytes">) {
    const { intake, name: source, signal } = this.#context;
    using room = await intake.room(source, sizeBytes, signal);
    void room;
    return this.#hand({ content, sha256 });
  }

  /** The same records make the same file, however often and in whatever post they come. */
  async #storeUnpacked({ content, sizeBytes }: ReceivedBody, onRequestId: (id: string) => void): Promise<PushResult> {
    const { intake, name: source, signal } = this.#context;
    using room = await intake.room(source, sizeBytes * unpackedFactor, signal);
    void room;
    const unpacked = await unpackFirehose(content);
    if (!unpacked.ok) return { refusal: unreadable(422, unpacked.reason) };
    onRequestId(unpacked.requestId);
    const { bytes } = unpacked;
    if (bytes.length === 0) return { counts: { records: 0, stored: 0, duplicates: 0, rejected: 0 } };
    return this.#hand({ content: { bytes }, sha256: hash("sha256", bytes) });
  }

  async #hand({
    content,
    sha256,
  }: {
    readonly content: FetchedFile["content"];
    readonly sha256: string;
  }): Promise<PushResult> {
    const { intake, report, name: source } = this.#context;
    const outcome = await intake.take({
      name: `push://${source}/${sha256}`,
      version: sha256,
      source,
      lane: source,
      content,
    });
    const { records, stored, duplicates, rejected, lastEventAt, note, kind } = outcome;
    if (holdsNothing(outcome)) {
      report.swallowed(kind === "skipped" ? "post without records" : kind);
      const detail = note === "" ? "No record of CloudTrail was found in it" : note;
      return { refusal: unreadable(422, detail, "Send log files, records one a line, or what EventBridge sends") };
    }
    report.looked();
    report.stored({ events: stored, duplicates, lastEventAt });
    return { counts: { records, stored, duplicates, rejected } };
  }
}

function holdsNothing({ records, rejected }: FileOutcome): boolean {
  return records === rejected;
}

function bodyRefusal(reason: (BodyResult & { readonly ok: false })["reason"], mebibytesMax: number) {
  switch (reason) {
    case "empty":
      return unreadable(400, "The post is empty");
    case "too-large":
      return unreadable(413, `The post is larger than ${mebibytesMax} MiB`, "Send it in parts");
    case "too-slow":
      return unreadable(408, "The post took too long to come");
    case "cut-off":
      return unreadable(400, "The post ended too early");
    case "stopped":
      return notNow("This source is being stopped");
  }
}
