import { type Readable } from "node:stream";
import { SteppedClock } from "../../base/clock.ts";
import { type CallNote } from "../../recorder/index.ts";
import { type Caller } from "../caller.ts";
import { createRandom } from "../made-up-events/random.ts";
import { type Call } from "../service.ts";
import { openState } from "../lasting/sqlite-state.ts";
import { type Random, type World } from "../world.ts";

/** The account that test calls are made in where they say no other. */
export const testAccount = "111122223333";

/** When test worlds begin: 2026-11-20T12:00:00Z. */
export const testStart = Date.UTC(2026, 10, 20, 12);

export interface TestWorld extends World {
  readonly clock: SteppedClock;
  /** Makes an account be there. */
  addAccount(accountId: string): void;
}

/** A world that lasts as long as a test: a clock that stands still, state in memory, chance from a seed. */
export function testWorld(
  options: {
    readonly now?: number;
    readonly seed?: string;
    readonly accounts?: readonly string[];
    readonly folder?: string;
  } = {},
): TestWorld {
  const accounts = new Set(options.accounts ?? [testAccount, "444455556666"]);
  return {
    clock: new SteppedClock(options.now ?? testStart),
    state: openState(":memory:"),
    random: testRandom(options.seed ?? "test"),
    folder: options.folder ?? "/nowhere",
    url: "http://127.0.0.1:4566",
    accounts: { has: (accountId) => accounts.has(accountId), all: () => [...accounts].sort() },
    addAccount: (accountId) => accounts.add(accountId),
  };
}

/** Chance from a seed, as a world hands it out. */
export function testRandom(seed: string): Random {
  const random = createRandom(seed);
  return {
    next: () => random.fraction(),
    hex: (digits) => random.hex(digits),
    letters: (count) => random.capitals(count),
    uuid: () => random.uuid(),
  };
}

/** An IAM user with a key, as a caller. */
export function testCaller(options: Partial<Caller> & { readonly userName?: string } = {}): Caller {
  const { userName = "ana", ...rest } = options;
  const accountId = rest.accountId ?? testAccount;
  const arn = rest.arn ?? `arn:aws:iam::${accountId}:user/${userName}`;
  return {
    accountId,
    principalArn: arn,
    arn,
    kind: "user",
    identity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLEEXAMPLE01",
      arn,
      accountId,
      accessKeyId: "AKIAEXAMPLEEXAMPLE01",
      userName,
    },
    tags: {},
    sessionPolicies: [],
    context: {},
    ...rest,
  };
}

export interface TestCall extends Call {
  /** What the operation noted for its record, in order. */
  readonly notes: readonly CallNote[];
}

/** A call as the front hands it to an operation; keeps what is noted. */
export function testCall(
  options: Partial<Omit<Call, "note" | "body">> & { readonly body?: Readable; readonly world?: World } = {},
): TestCall {
  const { world, body, ...rest } = options;
  const notes: CallNote[] = [];
  const caller = rest.caller ?? testCaller(rest.accountId === undefined ? {} : { accountId: rest.accountId });
  return {
    service: "iam",
    operation: "ListUsers",
    accountId: caller.accountId,
    region: "us-east-1",
    at: world?.clock.now() ?? testStart,
    requestId: "00000000-0000-4000-8000-000000000001",
    sourceIp: "203.0.113.7",
    userAgent: "aws-cli/1.45.11",
    body,
    ...rest,
    caller,
    notes,
    note: (note) => void notes.push(note),
  };
}
