import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { SteppedClock } from "../base/clock.ts";
import { openState, type State } from "../state/index.ts";
import type { Notice, NoticeSource } from "./notice.ts";
import type { Notifier, Route } from "./notifier.ts";
import { type NotifierOptions, openNotifier } from "./open-notifier.ts";
import type { Posted } from "./receivers.fixture.ts";

export const noon = Date.UTC(2026, 10, 21, 12);
export const minute = 60_000;
export const hour = 60 * minute;

let count = 0;

export function notice(fields: Partial<Notice> = {}): Notice {
  const id = `n${++count}`;
  return {
    ...{ id, kind: "incident", thread: "incident 12", state: "opened", severity: "high" },
    ...{ accountIds: ["111122223333"], rules: ["aws-1"], at: noon, path: "/incidents/12" },
    title: "INC-12 Leaked key used from Brazil: new user made and CloudTrail stopped",
    text: "A key of mary was used from a country that she never was in.",
    facts: [{ label: "Who", value: "mary" }],
    ...fields,
  };
}

export function route(fields: Partial<Route> = {}): Route {
  return {
    ...{ name: "all", channels: ["ops"], kinds: [], accountIds: [], rules: [], severity: "informational" },
    ...{ groupMs: 0, digestAt: [], quietSeverity: "critical", isOn: true },
    ...fields,
  };
}

/** Notices of a test, in their order. */
export class TestSource implements NoticeSource {
  readonly name = "test";
  readonly #notices: Notice[] = [];

  give(...notices: readonly Notice[]): void {
    this.#notices.push(...notices);
  }

  since(position: unknown, limit: number) {
    const from = typeof position === "number" ? position : 0;
    const notices = this.#notices.slice(from, from + limit);
    return Promise.resolve({ notices, position: from + notices.length });
  }
}

/** A notifier with a source and a clock of the test, on a state of its own. */
export interface OpenTelling extends AsyncDisposable {
  readonly notifier: Notifier;
  readonly source: TestSource;
  readonly clock: SteppedClock;
  readonly state: State;
  readonly failures: unknown[];
  /** Takes in and sends what is due. */
  send(): Promise<void>;
  /** A channel that posts to a receiver, and a route to it. */
  toWebhook(url: string, fields?: Partial<Route>): Promise<void>;
}

export async function openTelling(
  options: Partial<NotifierOptions> & { readonly folder?: string } = {},
): Promise<OpenTelling> {
  const { folder, ...rest } = options;
  const temporary = folder === undefined ? makeTemporaryFolder() : undefined;
  const state = await openState({ directory: folder ?? temporary?.path ?? "" });
  const clock = new SteppedClock(noon);
  const source = new TestSource();
  const failures: unknown[] = [];
  const notifier = openNotifier({
    ...{ table: state.notify, sources: [source], clock, version: "1.2.3", seed: "test" },
    consoleUrl: () => "http://127.0.0.1:7380",
    onFailure: (error) => failures.push(error),
    ...rest,
  });
  return {
    ...{ notifier, source, clock, state, failures },
    send: () => notifier.sendNow(new AbortController().signal),
    async toWebhook(url, fields = {}) {
      const secrets = { url, secret: "a secret of the test" };
      await notifier.putChannel({ name: "ops", type: "webhook", settings: {}, secrets });
      await notifier.putRoute(route(fields));
    },
    async [Symbol.asyncDispose]() {
      await notifier[Symbol.asyncDispose]();
      await state[Symbol.asyncDispose]();
      temporary?.[Symbol.dispose]();
    },
  };
}

interface Body {
  readonly id: string;
  readonly form: string;
  readonly more: number;
  readonly subject: string;
  readonly notices: readonly { readonly id: string; readonly thread: string }[];
}

/** What a webhook got. */
export function bodyOf({ body }: Posted): Body {
  return JSON.parse(body) as Body;
}

/** The notices of each message. */
export function idsOf(posted: readonly Posted[]): string[][] {
  return posted.map((one) => bodyOf(one).notices.map(({ id }) => id));
}
