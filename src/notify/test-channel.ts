import type { Clock } from "../base/clock.ts";
import type { NotifyTable } from "../state/index.ts";
import { type ChannelBook, unknownChannel } from "./channel-book.ts";
import type { Outcome } from "./channels/channel.ts";
import type { ConsoleUrl } from "./message.ts";
import type { Notice } from "./notice.ts";
import { compose } from "./say/compose.ts";
import { trySending } from "./stages/deliver.ts";

export interface TestParts {
  readonly table: NotifyTable;
  readonly book: ChannelBook;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly consoleUrl: ConsoleUrl;
  readonly newId: () => string;
}

/** Sends a made-up notice once and says what came of it; where that rings a pager, it is ended again at once. */
export async function testChannel(
  name: string,
  parts: TestParts,
  signal: AbortSignal,
): Promise<{ readonly isDelivered: boolean; readonly answer: string }> {
  const { table, book, clock } = parts;
  const channel = await book.open(name);
  if (channel === undefined) throw unknownChannel(name);
  const id = parts.newId();
  const send = async (state: Notice["state"]): Promise<Outcome | undefined> => {
    const context = { key: `test-${state}-${id}`, form: "thread", thread: `test ${id}` } as const;
    const message = compose([madeUpNotice(id, state, clock.now())], {
      ...context,
      consoleUrl: await parts.consoleUrl(),
    });
    return message && trySending(message, channel, parts, signal);
  };
  const startedAt = clock.now();
  const outcome = await send("opened");
  if (outcome?.isDelivered === true && channel.kind.resolves) await send("ended");
  const { isDelivered, answer } = outcome ?? { isDelivered: false, answer: "It was broken off" };
  const at = clock.now();
  const status = isDelivered ? "delivered" : "given up";
  const delivery = { channel: name, at, status, notices: [], subject: "Test", answer, tookMs: at - startedAt };
  await table.settle([], delivery, undefined);
  return { isDelivered, answer };
}

function madeUpNotice(id: string, state: Notice["state"], at: number): Notice {
  return {
    ...{ id: `test ${id}`, thread: `test ${id}`, kind: "health", state, severity: "informational" },
    ...{ accountIds: [], rules: [], path: "/", at },
    title: "Trailwarden can reach you here",
    text: "This is a test that somebody asked for; nothing has happened.",
    facts: [],
  };
}
