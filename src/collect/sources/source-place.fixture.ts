import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import type { Clock } from "../../base/clock.ts";
import { openState, type State } from "../../state/index.ts";
import { EventStore } from "../../store/index.ts";
import type { AccessSettings } from "../access/access-settings.ts";
import { openSourceAws } from "../access/open-source-aws.ts";
import { SourceWatch } from "../collector/source-watch.ts";
import type { Intake } from "../intake/intake.ts";
import { openIntake } from "../intake/open-intake.ts";
import type { DigestDesk, FetchedDigest, PushRequest, PushResponse, SentAgain, SourceContext } from "./source.ts";

/** A source's surroundings as the collector gives them: a state, and an intake that leads into a store. */
export interface SourcePlace extends AsyncDisposable {
  readonly folder: string;
  readonly state: State;
  readonly intake: Intake;
  readonly watch: SourceWatch;
  readonly stopping: AbortController;
  readonly context: SourceContext;
  /** Those that were given to the place's own desk. */
  readonly digests: readonly FetchedDigest[];
  /** What the source gave for what is sent again, and for posts. */
  sendAgain(message: SentAgain): Promise<{ readonly isDone: boolean; readonly reason: string }>;
  push(request: PushRequest): Promise<PushResponse>;
}

export interface SourcePlaceOptions {
  readonly clock: Clock;
  readonly name?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly access?: AccessSettings;
  /** Where state lasts; one of its own where not given. */
  readonly folder?: string;
  readonly intake?: Intake;
  /** By default they are only listed. */
  readonly digests?: DigestDesk;
}

/** With an intake of the caller's, without a store. */
export async function openSourcePlace(options: SourcePlaceOptions): Promise<SourcePlace> {
  const { clock, name = "one", secrets = {} } = options;
  await using stack = new AsyncDisposableStack();
  const folder = options.folder ?? stack.use(makeTemporaryFolder()).path;
  const state = stack.use(await openState({ directory: join(folder, "data") }));
  const intake = options.intake ?? (await openStoredIntake(folder, clock, stack)).intake;
  const stopping = new AbortController();
  stack.defer(() => stopping.abort(new DOMException("Stopped", "AbortError")));
  const aws = stack.use(openSourceAws(options.access, secrets, { clock, customUserAgent: "trailwarden-test" }));
  const watch = new SourceWatch(await state.sources.figures(name), () => clock.now());
  const own = join(folder, "own");
  mkdirSync(own, { recursive: true });
  const digests: FetchedDigest[] = [];
  let sendAgain: SourcePlace["sendAgain"] = () => Promise.reject(new Error("It takes nothing back"));
  let push: SourcePlace["push"] = () => Promise.reject(new Error("It takes no posts"));
  const context: SourceContext = {
    name,
    aws,
    clock,
    signal: stopping.signal,
    secrets,
    intake,
    digests: options.digests ?? { take: (digest) => Promise.resolve(void digests.push(digest)) },
    ledger: state.ledger,
    accounts: state.accounts,
    folder: own,
    report: watch,
    memory: {
      all: (prefix) => state.sources.memory(name, prefix),
      set: (values) => state.sources.remember(name, values),
      forget: (keys) => state.sources.forget(name, keys),
    },
    setAside: (message) => state.sources.setAside({ ...message, source: name, setAsideAt: clock.now() }),
    onSentAgain: (handle) => {
      sendAgain = handle;
    },
    onPush: (handle) => {
      push = handle;
    },
  };
  const parts = stack.move();
  return {
    ...{ folder, state, intake, watch, stopping, context, digests },
    sendAgain: (message) => sendAgain(message),
    push: (request) => push(request),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** With a store too. */
export async function openStoredPlace(
  options: Omit<SourcePlaceOptions, "intake">,
): Promise<SourcePlace & { readonly store: EventStore }> {
  await using stack = new AsyncDisposableStack();
  const folder = options.folder ?? stack.use(makeTemporaryFolder()).path;
  const { store, intake } = await openStoredIntake(folder, options.clock, stack);
  const place = stack.use(await openSourcePlace({ ...options, folder, intake }));
  const parts = stack.move();
  return { ...place, store, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

async function openStoredIntake(folder: string, clock: Clock, stack: AsyncDisposableStack) {
  const now = () => clock.now();
  const store = stack.use(await EventStore.open({ directory: join(folder, "data"), now }));
  return { store, intake: stack.use(openIntake({ store, now })) };
}
