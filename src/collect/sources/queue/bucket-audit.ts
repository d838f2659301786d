import type { NoticedObject } from "../../../cloudtrail/index.ts";
import type { LedgerEntry } from "../../../state/index.ts";
import { DayLister } from "../../listing/day-lister.ts";
import { S3Lister } from "../../listing/s3-lister.ts";
import { howLong } from "../../../base/how-long.ts";
import { diagnose } from "../diagnose.ts";
import type { ObjectTaker } from "../object-taker.ts";
import type { SourceContext } from "../source.ts";
import type { HeardRoots } from "./heard-roots.ts";

const requestsAtOnce = 4;
/** A queue that was silent for so long while log files came does not hear of them. */
const silentMs = 15 * 60_000;

export interface BucketAuditOptions {
  readonly everyMs: number;
  readonly whyNot: (accountId: string) => string | undefined;
  readonly taker: ObjectTaker;
  readonly roots: HeardRoots;
}

/** Lists the buckets that messages named, and reads what no message told of: notices get lost. */
export class BucketAudit {
  readonly #context: SourceContext;
  readonly #lister: DayLister;
  readonly #roots: HeardRoots;
  #heardAt: number;
  #unheard = 0;

  private constructor(context: SourceContext, lister: DayLister, roots: HeardRoots) {
    this.#context = context;
    this.#lister = lister;
    this.#roots = roots;
    this.#heardAt = context.clock.now();
  }

  static async open(context: SourceContext, options: BucketAuditOptions): Promise<BucketAudit> {
    const { name: source, ledger, clock, memory, aws, report, signal } = context;
    const audit: BucketAudit = new BucketAudit(
      context,
      await DayLister.open({
        source,
        ledger,
        clock,
        memory,
        lister: new S3Lister(aws, { requestsAtOnce }),
        roots: options.roots.all,
        everyMs: options.everyMs,
        whyNot: options.whyNot,
        async take(entries) {
          audit.#count(entries);
          await Promise.all(entries.map((entry) => options.taker.take(entry, signal)));
        },
        onLooked: () => audit.#tell(),
        onTrouble(error, what) {
          const finding = diagnose(error, { what });
          const sentence = `What no message tells of cannot be looked for: ${finding.sentence}`;
          report.hint({ ...finding, sentence });
        },
        onStrange: (kind, count) => report.swallowed(kind, count),
      }),
      options.roots,
    );
    return audit;
  }

  /** A message named an object: its bucket is listed from now on. */
  async hearOf({ bucket, key }: NoticedObject): Promise<void> {
    this.#heardAt = this.#context.clock.now();
    const root = await this.#roots.hearOf({ bucket, key });
    if (root !== undefined) this.#lister.addRoot(root);
    this.#lister.hearOf({ bucket, key });
  }

  run(signal: AbortSignal): Promise<void> {
    return this.#lister.run(signal);
  }

  #count(entries: readonly LedgerEntry[]): void {
    // No page of AWS's says that a trail's topic tells of digests; a bucket's notices do.
    this.#unheard += entries.filter(({ noticedAt, kind }) => noticedAt === undefined && kind !== "digest").length;
  }

  #tell(): void {
    const { clock, report } = this.#context;
    const silence = clock.now() - this.#heardAt;
    if (silence < silentMs) {
      this.#unheard = 0;
      report.hint(undefined);
      return;
    }
    if (this.#unheard === 0) return;
    report.hint({
      code: "queue-empty-bucket-fills",
      isGood: false,
      sentence: `The queue has told of nothing for ${howLong(silence)}, while ${this.#unheard} log files came into the bucket; they were read from there`,
      help: "See that the trail names its topic, that the queue is subscribed to it, and that the queue's policy lets sns.amazonaws.com send",
    });
  }
}
