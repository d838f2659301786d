import type { CostAnswer, ReplayAnswer } from "../../server/index.ts";
import { openClient, type Client } from "../client.ts";
import {
  dataOptions,
  defineCommand,
  flagOption,
  textOption,
  type Arguments,
  type Command,
  type CommandContext,
} from "../command.ts";
import { CommandError } from "../errors.ts";
import { readJsonFile } from "../json-file.ts";
import { printBill, printDuplicates, printReplay } from "../print/bill.ts";
import { nameOf } from "../source-request.ts";

export const costCommand: Command = defineCommand({
  name: "cost",
  summary: "What an account's trails cost a month, and which are paid for twice; ends with 1 when any is",
  usage: "NAME",
  options: {
    ...dataOptions,
    prices: { type: "string", value: "FILE", summary: "Prices of your own, as docs/cost.md describes them" },
    "price-list": {
      type: "string",
      value: "FILE",
      summary: "AWS's price list for AWSCloudTrail, as you downloaded it",
    },
    selectors: {
      type: "string",
      value: "FILE",
      summary: "Replay these selectors on stored events instead: what a trail with them would save",
    },
    trail: {
      type: "string",
      value: "NAME",
      summary: "Whose selectors would change (default the one that is collected)",
    },
    days: { type: "string", value: "N", summary: "Days of events that are replayed (default 30)" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: [
    "trailwarden cost prod",
    "trailwarden cost prod --price-list index.json",
    "trailwarden cost prod --trail main --selectors selectors.json",
  ],
  async run(args, context) {
    const name = nameOf(costCommand, args, "deployment");
    const prices = await readPrices(args, context);
    await using client = await openClient(args, context);
    const file = textOption(args, "selectors");
    if (file !== undefined) return await replay(client, { name, file, prices }, args, context);
    const deployment = client.api.setup.deployments[":name"];
    const response = await client.ok(
      prices === undefined
        ? deployment.cost.$get({ param: { name } })
        : deployment.cost.$post({ param: { name }, json: { prices } }),
    );
    const answer = (await response.json()) as CostAnswer;
    const { bill, duplicates } = answer;
    await context.terminal.data(
      flagOption(args, "json")
        ? `${JSON.stringify(answer, undefined, 2)}\n`
        : `${printBill(bill, context.terminal.columns)}${printDuplicates(duplicates)}`,
    );
    return duplicates.length === 0 ? 0 : 1;
  },
});

interface Prices {
  readonly overrides?: unknown;
  readonly list?: unknown;
}

async function readPrices(args: Arguments, context: CommandContext): Promise<Prices | undefined> {
  const [own, list] = [textOption(args, "prices"), textOption(args, "price-list")];
  if (own === undefined && list === undefined) return undefined;
  return {
    ...(own === undefined ? {} : { overrides: await readJsonFile(own, context) }),
    ...(list === undefined ? {} : { list: await readJsonFile(list, context) }),
  };
}

async function replay(
  client: Client,
  asked: { readonly name: string; readonly file: string; readonly prices: Prices | undefined },
  args: Arguments,
  context: CommandContext,
): Promise<number> {
  const { name, file, prices } = asked;
  const trail = textOption(args, "trail");
  const json = {
    selectors: selectorsIn(await readJsonFile(file, context), file),
    days: readDays(textOption(args, "days") ?? "30"),
    ...(trail === undefined ? {} : { trail }),
    ...(prices === undefined ? {} : { prices }),
  };
  const response = await client.ok(client.api.setup.deployments[":name"].replay.$post({ param: { name }, json }));
  const answer = (await response.json()) as ReplayAnswer;
  await context.terminal.data(
    flagOption(args, "json")
      ? `${JSON.stringify(answer, undefined, 2)}\n`
      : printReplay(answer, context.terminal.columns),
  );
  return 0;
}

type Selectors = { readonly basic?: Record<string, unknown>[]; readonly advanced?: Record<string, unknown>[] };

/** What `aws cloudtrail get-event-selectors` prints, or a bare list of selectors. */
function selectorsIn(read: unknown, file: string): Selectors {
  const of = (read ?? {}) as Readonly<Record<string, unknown>>;
  const list = Array.isArray(read) ? read : (of["AdvancedEventSelectors"] ?? of["EventSelectors"]);
  if (!Array.isArray(list) || list.length === 0 || list.some((one) => typeof one !== "object" || one === null)) {
    throw new CommandError(`${file} holds no event selectors`, {
      code: "arguments-invalid",
      fault: "user",
      help: "Give what aws cloudtrail get-event-selectors prints, with what is to change",
    });
  }
  const selectors = list as Record<string, unknown>[];
  return selectors.some((one) => "FieldSelectors" in one) ? { advanced: selectors } : { basic: selectors };
}

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 400) return days;
  throw new CommandError(`${text} is no number of days`, {
    code: "arguments-invalid",
    fault: "user",
    help: "Write --days 30; at most 400",
  });
}
