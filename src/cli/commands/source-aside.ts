import type { SetAsideAnswer } from "../../server/index.ts";
import { openClient, type Client } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command, type CommandContext } from "../command.ts";
import { CommandError } from "../errors.ts";
import { plural } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";
import { printTable } from "../print/table.ts";

const pageMax = 1_000;
const reasonMax = 300;

export const sourceAsideCommand: Command = defineCommand({
  name: "source-aside",
  summary: "Messages of a source that could not be used: list them, send them again, or drop them",
  usage: "NAME [ID…]",
  options: {
    ...dataOptions,
    "send-again": {
      type: "boolean",
      summary: "Hand these messages, or all, to the source once more; ends with 1 when some stay",
    },
    drop: { type: "boolean", summary: "Drop these messages for good" },
    all: { type: "boolean", summary: "With --drop: all of them" },
    body: { type: "boolean", summary: "Print the messages themselves, each as a line of JSON with all that is known" },
  },
  examples: [
    "trailwarden source aside prod",
    "trailwarden source aside prod --body | jq -r .body",
    "trailwarden source aside prod --send-again",
    "trailwarden source aside prod --drop 7a3f0c1e-2b4d-4c6e-8f90-1a2b3c4d5e6f",
  ],
  async run(args, context) {
    const [name, ...ids] = args.positionals;
    if (name === undefined) throw wrong("Say which source", "Write trailwarden source aside NAME");
    await using client = await openClient(args, context);
    if (flagOption(args, "send-again")) return await sendAgain(client, name, ids, context);
    if (flagOption(args, "drop")) return await drop(client, name, ids, flagOption(args, "all"), context);
    const messages = (await readAll(client, name)).filter(({ id }) => ids.length === 0 || ids.includes(id));
    if (messages.length === 0)
      context.terminal.talk(ids.length === 0 ? "Nothing is set aside" : "There is no such message");
    else if (flagOption(args, "body")) {
      for (const message of messages) await context.terminal.data(`${JSON.stringify(message)}\n`);
    } else {
      const rows = messages.map(({ id, setAsideAt, received, reason }) => [id, setAsideAt, String(received), reason]);
      const header = ["id", "set aside", "received", "reason"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns, reasonMax));
    }
    return 0;
  },
});

async function readAll(client: Client, name: string): Promise<SetAsideAnswer[]> {
  const messages: SetAsideAnswer[] = [];
  let after: string | null = null;
  do {
    const response = await client.ok(
      client.api.collect.sources[":name"]["set-aside"].$get({
        param: { name },
        query: { limit: String(pageMax), ...(after === null ? {} : { after }) },
      }),
    );
    const page = (await response.json()) as { messages: SetAsideAnswer[]; next: string | null };
    messages.push(...page.messages);
    after = page.next;
  } while (after !== null);
  return messages;
}

async function sendAgain(
  client: Client,
  name: string,
  ids: readonly string[],
  context: CommandContext,
): Promise<number> {
  if (client.address === undefined) {
    throw wrong(
      "Nobody would take the messages: no server runs on this data folder",
      "Start one with trailwarden serve",
    );
  }
  const response = await client.ok(
    client.api.collect.sources[":name"]["set-aside"]["send-again"].$post({
      param: { name },
      json: ids.length === 0 ? {} : { ids: [...ids] },
    }),
  );
  const { done, left } = (await response.json()) as { done: number; left: { id: string; reason: string }[] };
  await context.terminal.data(`${plural(done, "message")} done with, ${left.length} left\n`);
  for (const { id, reason } of left) context.terminal.talk(`  ${safeText(id)}: ${safeText(reason)}`);
  return left.length === 0 ? 0 : 1;
}

async function drop(
  client: Client,
  name: string,
  given: readonly string[],
  isAll: boolean,
  context: CommandContext,
): Promise<number> {
  if (given.length === 0 && !isAll) throw wrong("Say which messages to drop", "Give their ids, or --all");
  const ids = isAll ? (await readAll(client, name)).map(({ id }) => id) : [...given];
  for (let at = 0; at < ids.length; at += pageMax) {
    const json = { ids: ids.slice(at, at + pageMax) };
    await client.ok(client.api.collect.sources[":name"]["set-aside"].drop.$post({ param: { name }, json }));
  }
  context.terminal.talk(`${plural(ids.length, "message")} dropped`);
  return 0;
}

function wrong(message: string, help: string): CommandError {
  return new CommandError(message, { code: "arguments-invalid", fault: "user", help });
}
