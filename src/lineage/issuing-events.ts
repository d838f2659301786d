import { type Clock } from "../base/clock.ts";
import { parseStored } from "../cloudtrail/index.ts";
import type { FieldPath, Predicate } from "../predicate/index.ts";
import type { EventStore, WholeEvent } from "../store/index.ts";
import type { IssuingEvent } from "./actor.ts";
import { lookOn } from "./look-on.ts";
import { Recent } from "./recent.ts";
import { type Standing, standingOf } from "./standing.ts";

/** An event that issued a credential, and who called it. */
export interface Issue {
  readonly event: IssuingEvent;
  readonly caller: Standing;
}

/** The part of the store that is asked. */
export type LineageStore = Pick<EventStore, "wholePage">;

const hourMs = 3_600_000;
/** The longest that temporary credentials may live, those of GetFederationToken and GetSessionToken, and what clocks differ. */
const lifeMs = 36 * hourMs + 10 * 60_000;
const consoleLifeMs = 12 * hourMs;
/** A session says when it was issued to the second, and so does the event that issued it. */
const sameMomentMs = 5_000;
const candidatesMax = 20;
/** What is not found within so many looks is not worth the wait. */
const looksMax = 20;

const rememberedMax = 2_000;
/** What was not stored may have come since. */
const missingForMs = 60_000;

/** Looks for the events that issued credentials, and remembers them: every event of a session asks for the same one. */
export class IssuingEvents {
  readonly #store: LineageStore;
  readonly #clock: Clock;
  readonly #found = new Recent<string, { readonly issue: Issue | undefined; readonly at: number }>(rememberedMax);

  constructor(store: LineageStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** What issued a temporary access key that was used then. */
  async ofSessionKey(key: string, usedAt: number | undefined, signal: AbortSignal): Promise<Issue | undefined> {
    const span = usedAt === undefined ? {} : { from: usedAt - lifeMs, to: usedAt + 10 * 60_000 };
    return this.#remembered(`key ${key}`, () => this.#find(holdingKey(key), span, signal));
  }

  /** What made a lasting access key. */
  async ofLastingKey(key: string, signal: AbortSignal): Promise<Issue | undefined> {
    const made = { kind: "and", of: [isOneOf(["eventName"], ["CreateAccessKey"]), holdingKey(key)] } as const;
    return this.#remembered(`made ${key}`, () => this.#find(made, {}, signal));
  }

  /**
   * How a session came about whose own key no event tells, as those of the console are: an event that made a session of
   * that name at the very moment, or whoever switched to it or signed in to it last.
   */
  async ofSession(session: Standing, signal: AbortSignal): Promise<Issue | undefined> {
    const { actor, time, issuedAt } = session;
    if (actor.arn === "" || time === undefined) return undefined;
    const memory = `session ${actor.arn} ${issuedAt ?? Math.trunc(time / hourMs)}`;
    return this.#remembered(memory, async () => {
      const moment = issuedAt ?? time;
      const span = { from: moment - sameMomentMs, to: moment + sameMomentMs };
      const assumed = issuedAt === undefined ? undefined : await this.#find(assuming(actor.arn), span, signal);
      return assumed ?? this.#find(entering(actor.arn), { from: time - consoleLifeMs, to: time + 1_000 }, signal);
    });
  }

  async #remembered(memory: string, find: () => Promise<Issue | undefined>): Promise<Issue | undefined> {
    const known = this.#found.get(memory);
    const now = this.#clock.now();
    if (known !== undefined && (known.issue !== undefined || now - known.at < missingForMs)) return known.issue;
    const issue = await find();
    this.#found.set(memory, { issue, at: now });
    return issue;
  }

  /** The newest; of one call that two accounts recorded the account's that knows its caller. */
  async #find(
    predicate: Predicate,
    span: { readonly from?: number; readonly to?: number },
    signal: AbortSignal,
  ): Promise<Issue | undefined> {
    const request = { predicate, ...span, order: "newest", limit: candidatesMax } as const;
    const issues = await lookOn(looksMax, async (after) => {
      const { rows, reached } = await this.#store.wholePage({ ...request, after }, signal);
      return { found: rows.flatMap(issueOf), reached };
    });
    return issues.find(({ caller }) => caller.actor.kind !== "account") ?? issues[0];
  }
}

function issueOf({ event, raw }: WholeEvent): Issue[] {
  const record = parseStored(raw);
  if (record === undefined) return [];
  const { id, account, time, eventName } = event;
  return [{ event: { eventId: id, accountId: account, time, eventName }, caller: standingOf(record) }];
}

/** The index of words says at once where a key stands; that it stands in the response is looked at then. */
function holdingKey(key: string): Predicate {
  return {
    kind: "and",
    of: [{ kind: "words", pattern: [{ text: key }] }, isOneOf(["responseElements", "*", "accessKeyId"], [key])],
  };
}

const assumingCalls = ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot"];

function assuming(arn: string): Predicate {
  return {
    kind: "and",
    of: [isOneOf(["eventName"], assumingCalls), isOneOf(["responseElements", "assumedRoleUser", "arn"], [arn])],
  };
}

function entering(arn: string): Predicate {
  return {
    kind: "and",
    of: [
      isOneOf(["eventName"], ["SwitchRole", "ConsoleLogin"]),
      isOneOf(["userIdentity", "arn"], [arn]),
      { kind: "not", of: { kind: "field", path: ["errorMessage"], test: { op: "exists" } } },
    ],
  };
}

function isOneOf(path: FieldPath, values: readonly string[]): Predicate {
  return { kind: "field", path, test: { op: "equals", values, cased: true } };
}
