import { mkdir, rm } from "node:fs/promises";
import { pauseOrStop, type Clock } from "../../base/clock.ts";
import { growingPauseMs } from "../../base/growing-pause.ts";
import type { SourceRow, State } from "../../state/index.ts";
import { openSourceAws } from "../access/open-source-aws.ts";
import type { Intake } from "../intake/intake.ts";
import { diagnose } from "../sources/diagnose.ts";
import type { DigestDesk, PushRequest, PushResponse, SentAgain, SourceContext, SourceKind } from "../sources/source.ts";
import { keepOrganizationAccounts } from "./organization-accounts.ts";
import { SourceWatch } from "./source-watch.ts";

export interface RunningSourceOptions {
  readonly row: SourceRow;
  readonly kind: SourceKind;
  readonly settings: object;
  readonly secrets: Readonly<Record<string, string>>;
  readonly state: State;
  readonly intake: Intake;
  readonly digests: DigestDesk;
  readonly clock: Clock;
  /** Of this source alone. */
  readonly folder: string;
  readonly customUserAgent: string;
  /** Told when the source's own program failed; it is started again. */
  readonly onFailure: (error: unknown) => void;
}

type SentAgainHandler = (message: SentAgain) => Promise<{ readonly isDone: boolean; readonly reason: string }>;

type PushHandler = (request: PushRequest) => Promise<PushResponse>;

const keepEveryMs = 2_000;
const restartMs = { first: 1_000, most: 60_000 };

/** A source at work, from its start until it is stopped. */
export class RunningSource implements AsyncDisposable {
  readonly #options: RunningSourceOptions;
  readonly #stopping = new AbortController();
  readonly watch: SourceWatch;
  #running: Promise<unknown> = Promise.resolve();
  readonly #begun = Promise.withResolvers<void>();
  #sentAgain: SentAgainHandler | undefined;
  #push: PushHandler | undefined;

  private constructor(options: RunningSourceOptions, watch: SourceWatch) {
    this.#options = options;
    this.watch = watch;
  }

  /** When it is there, what is posted to the source is taken. */
  static async start(options: RunningSourceOptions): Promise<RunningSource> {
    const figures = await options.state.sources.figures(options.row.name);
    const source = new RunningSource(options, new SourceWatch(figures, () => options.clock.now()));
    source.#running = Promise.all([source.#run(), source.#keepFigures()]);
    await source.#begun.promise;
    return source;
  }

  /** Undefined when the source takes nothing back. */
  get sendAgain(): SentAgainHandler | undefined {
    return this.#sentAgain;
  }

  /** Undefined when nothing can be posted to the source. */
  get acceptPush(): PushHandler | undefined {
    return this.#push;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort(new DOMException("Stopped", "AbortError"));
    await this.#running;
    await this.#keep();
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { clock } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      const began = clock.now();
      try {
        await this.#once(signal);
      } catch (error) {
        this.#begun.resolve();
        if (signal.aborted) return;
        this.#options.onFailure(error);
        this.watch.trouble(diagnose(error, { what: this.#options.row.name }));
      }
      if (clock.now() - began > restartMs.most) failures = 0;
      await pauseOrStop(clock, growingPauseMs(restartMs, failures++), signal);
    }
  }

  async #once(signal: AbortSignal): Promise<void> {
    const { row, kind, settings, secrets, state, intake, digests, clock, folder, customUserAgent } = this.#options;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await using aws = openSourceAws(kind.access?.(settings), secrets, { clock, customUserAgent });
    const { name } = row;
    const context: SourceContext = {
      name,
      aws,
      clock,
      signal,
      secrets,
      intake,
      digests,
      ledger: state.ledger,
      accounts: state.accounts,
      folder,
      report: this.watch,
      memory: {
        all: (prefix) => state.sources.memory(name, prefix),
        set: (values) => state.sources.remember(name, values),
        forget: (keys) => state.sources.forget(name, keys),
      },
      setAside: (message) => state.sources.setAside({ ...message, source: name, setAsideAt: clock.now() }),
      onSentAgain: (handle) => {
        this.#sentAgain = handle;
      },
      onPush: (handle) => {
        this.#push = handle;
      },
    };
    try {
      const ended = new AbortController();
      const accounts = { ...context, signal: AbortSignal.any([signal, ended.signal]) };
      const keeping = kind.access?.(settings) === undefined ? undefined : keepOrganizationAccounts(accounts);
      try {
        const running = kind.run(settings, context);
        this.#begun.resolve();
        await running;
      } finally {
        ended.abort();
        await keeping;
      }
    } finally {
      this.#sentAgain = undefined;
      this.#push = undefined;
    }
  }

  async #keepFigures(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await pauseOrStop(clock, keepEveryMs, signal);
      await this.#keep();
    }
  }

  async #keep(): Promise<void> {
    if (!this.watch.isChanged) return;
    this.watch.isChanged = false;
    await this.#options.state.sources.setFigures(this.#options.row.name, this.watch.figures);
  }
}
