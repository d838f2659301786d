import type { EventRow, HistogramMessage } from "../../server/index.ts";
import { openClient, problemError, queryError, readLines, type Client, type QueryMistake } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Arguments, type CommandContext } from "../command.ts";
import { CommandError } from "../errors.ts";
import { limitOf } from "../limit-option.ts";
import { plural, printCount } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";
import { printTable } from "../print/table.ts";

const formats = ["table", "json", "ndjson", "csv"] as const;

export const searchCommand = defineCommand({
  name: "search",
  summary: "Find events with the query language",
  usage: "[QUERY…]",
  options: {
    ...dataOptions,
    from: { type: "string", value: "TIME", summary: "Earliest time: 2026-01-02, 2026-01-02T03:04:05Z or now-7d" },
    to: { type: "string", value: "TIME", summary: "Time before which to stop" },
    verdict: {
      type: "string",
      value: "A,B",
      summary: "Of events' log files: proven, waiting, unproven, broken, missing, undeclared or unjudged",
    },
    limit: {
      type: "string",
      short: "n",
      value: "N",
      summary: "Events at most (default 50; 0 for all, not with table)",
    },
    fields: { type: "string", value: "A,B", summary: "Columns of table and csv: any CloudTrail path" },
    format: {
      type: "string",
      short: "f",
      value: "FORMAT",
      summary: "table (default), json, ndjson (records exactly as they came) or csv",
    },
    oldest: { type: "boolean", summary: "Oldest first" },
    count: { type: "boolean", short: "c", summary: "Print only how many there are" },
    sql: { type: "boolean", summary: "Print the SQL that would run, and do not run it" },
    explain: { type: "boolean", summary: "Print in English what the query means, and do not run it" },
  },
  examples: [
    "trailwarden search eventName:CreateUser mary",
    "trailwarden search 'user:alice error:* -service:s3' --from now-7d",
    "trailwarden search '*123456789123*' --count",
    "trailwarden search 'ip:203.0.113.0/24' --format ndjson --limit 0 > evidence.ndjson",
  ],
  async run(args, context) {
    const question = {
      query: args.positionals.join(" "),
      ...optional("from", textOption(args, "from")),
      ...optional("to", textOption(args, "to")),
      ...optional("verdict", textOption(args, "verdict")),
    };
    await using client = await openClient(args, context);
    if (flagOption(args, "sql") || flagOption(args, "explain")) return await explain(client, question, args, context);
    if (flagOption(args, "count")) return await count(client, question, context);
    const format = readFormat(textOption(args, "format"));
    if (format === "table") return await table(client, question, args, context);
    const limit = limitOf(args);
    const response = await client.ok(
      client.api.search.export.$get({
        query: {
          ...question,
          format,
          order: flagOption(args, "oldest") ? "oldest" : "newest",
          ...optional("limit", limit === 0 ? undefined : String(limit)),
          ...optional("fields", textOption(args, "fields")),
        },
      }),
    );
    for await (const chunk of response.body ?? []) await context.terminal.data(chunk);
    return 0;
  },
});

type ExplainAnswer =
  | { readonly ok: true; readonly english: string; readonly sql: string }
  | { readonly ok: false; readonly error: QueryMistake };

interface QuestionText {
  readonly query: string;
  readonly from?: string;
  readonly to?: string;
  readonly verdict?: string;
}

function optional<Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [N in Name]?: string });
}

async function explain(
  client: Client,
  question: QuestionText,
  args: Arguments,
  context: CommandContext,
): Promise<number> {
  const response = await client.ok(client.api.search.explain.$get({ query: question }));
  const answer = (await response.json()) as ExplainAnswer;
  if (!answer.ok) throw queryError(question.query, answer.error);
  if (flagOption(args, "explain")) await context.terminal.data(`${safeText(answer.english)}\n`);
  if (flagOption(args, "sql")) await context.terminal.data(`${answer.sql}\n`);
  return 0;
}

async function count(client: Client, question: QuestionText, context: CommandContext): Promise<number> {
  const response = await client.ok(client.api.search.histogram.$get({ query: { ...question, buckets: "1" } }));
  for await (const message of readLines<HistogramMessage>(response)) {
    if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
    if (message.kind === "buckets") {
      context.terminal.status(
        `${printCount(message.count)} so far, ${printCount(message.scanned)} of ${printCount(message.total)} looked at`,
      );
    }
    if (message.kind === "done") await context.terminal.data(`${message.count}\n`);
  }
  return 0;
}

async function table(
  client: Client,
  question: QuestionText,
  args: Arguments,
  context: CommandContext,
): Promise<number> {
  const limit = limitOf(args);
  const fields = textOption(args, "fields")?.split(",");
  const rows: EventRow[] = [];
  let cursor: string | null = null;
  do {
    const response = await client.ok(
      client.api.search.events.$get({
        query: {
          ...question,
          limit: String(Math.min(1_000, limit === 0 ? 1_000 : limit - rows.length)),
          order: flagOption(args, "oldest") ? "oldest" : "newest",
          ...optional("cursor", cursor ?? undefined),
          ...optional("fields", textOption(args, "fields")),
        },
      }),
    );
    const page = (await response.json()) as { events: EventRow[]; cursor: string | null; searchedTo: string | null };
    rows.push(...page.events);
    if (page.searchedTo !== null) {
      context.terminal.status(
        `${plural(rows.length, "event")} so far, looked through to ${page.searchedTo.slice(0, 16)}`,
      );
    }
    cursor = page.cursor;
  } while (cursor !== null && rows.length < limit);
  if (rows.length === 0) {
    context.terminal.talk("Nothing found");
    return 0;
  }
  const columns = fields ? fieldColumns(fields) : usualColumns;
  await context.terminal.data(
    printTable(
      columns.map((column) => column.title),
      rows.map((row) => columns.map((column) => column.text(row))),
      context.terminal.columns,
    ),
  );
  if (cursor !== null)
    context.terminal.talk(
      `The ${flagOption(args, "oldest") ? "oldest" : "newest"} ${plural(rows.length, "event")}; --limit shows more`,
    );
  return 0;
}

interface TableColumn {
  readonly title: string;
  readonly text: (row: EventRow) => string;
}

const usualColumns: readonly TableColumn[] = [
  { title: "time", text: (row) => row.time.replace(".000Z", "Z") },
  { title: "event", text: (row) => row.eventName },
  { title: "service", text: (row) => row.eventSource.replace(/\.amazonaws\.com$/, "") },
  { title: "who", text: (row) => (row.actor.session ? `${row.actor.name}/${row.actor.session}` : row.actor.name) },
  { title: "from", text: (row) => row.sourceIp },
  { title: "region", text: (row) => row.region },
  { title: "account", text: (row) => row.account },
  { title: "error", text: (row) => row.errorCode },
  { title: "event id", text: (row) => row.id },
];

function fieldColumns(fields: readonly string[]): TableColumn[] {
  return fields.map((field) => ({ title: field, text: (row) => row.fields?.[field] ?? "" }));
}

function readFormat(text: string | undefined): (typeof formats)[number] {
  const format = formats.find((known) => known === (text ?? "table"));
  if (format) return format;
  throw new CommandError(`There is no format ${text ?? ""}`, {
    code: "arguments-invalid",
    fault: "user",
    help: `Use one of ${formats.join(", ")}`,
  });
}
