import type { SavedSearchAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, listOption, textOption } from "../command.ts";
import { printDuration } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";
import { printTable } from "../print/table.ts";
import { invalid, numberOption, outcomeWords, spanOption, wordOption } from "../rule-request.ts";

const levels = ["informational", "low", "medium", "high", "critical"] as const;

export const rulesSearchAddCommand = defineCommand({
  name: "rules-search-add",
  summary: "Save a search as a rule: so many of its events, of one user or address, within a time",
  usage: "NAME QUERY…",
  options: {
    ...dataOptions,
    by: {
      type: "string",
      value: "FIELD",
      isRepeated: true,
      summary: "Field whose value the events share; several times for several",
    },
    count: { type: "string", value: "N", summary: "At least so many events (default 1: each of them)" },
    within: { type: "string", value: "SPAN", summary: "Within so much time (default 10m)" },
    severity: { type: "string", value: "LEVEL", summary: `${levels.join(", ")} (default medium)` },
    outcome: { type: "string", value: "WORD", summary: `${outcomeWords.join(", ")} (default incident)` },
  },
  examples: [
    "trailwarden rules search add many-denied 'error:AccessDenied' --by userIdentity.arn --count 20 --within 10m",
    "trailwarden rules search add payroll 'bucket:payroll -user:hr-app' --outcome notification",
  ],
  async run(args, context) {
    const [name, ...words] = args.positionals;
    if (name === undefined || words.length === 0) {
      const what = name === undefined ? "Say what the search is called" : "Say which events it finds";
      throw invalid(what, "Write trailwarden rules search add NAME QUERY; try the query with trailwarden search first");
    }
    const json = {
      query: words.join(" "),
      groupBy: [...listOption(args, "by")],
      count: numberOption(args, "count") ?? 1,
      withinMs: spanOption(args, "within") ?? 600_000,
      level: wordOption(args, "severity", levels) ?? ("medium" as const),
      outcome: wordOption(args, "outcome", outcomeWords) ?? ("incident" as const),
    };
    await using client = await openClient(args, context);
    const param = { name: encodeURIComponent(name) };
    const response = await client.ok(client.api.detect.searches[":name"].$put({ param, json }));
    const { search } = (await response.json()) as { readonly search: SavedSearchAnswer };
    await context.terminal.data(printSearches([search], context.terminal.columns));
    context.terminal.talk(`Its findings, and whether it is on, stand under search:${search.name}`);
    return 0;
  },
});

export const rulesSearchesCommand = defineCommand({
  name: "rules-searches",
  summary: "Searches that were saved as rules",
  usage: "",
  options: {
    ...dataOptions,
    remove: { type: "string", value: "NAME", summary: "Remove this one" },
    json: { type: "boolean", summary: "Print as JSON, one a line" },
  },
  examples: ["trailwarden rules searches", "trailwarden rules searches --remove many-denied"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const remove = textOption(args, "remove");
    if (remove !== undefined) {
      await client.ok(client.api.detect.searches[":name"].$delete({ param: { name: encodeURIComponent(remove) } }));
      context.terminal.talk(`${safeText(remove)} is gone`);
      return 0;
    }
    const response = await client.ok(client.api.detect.searches.$get());
    const { searches } = (await response.json()) as { readonly searches: SavedSearchAnswer[] };
    if (flagOption(args, "json")) {
      for (const search of searches) await context.terminal.data(`${JSON.stringify(search)}\n`);
    } else if (searches.length === 0) context.terminal.talk("There are none");
    else await context.terminal.data(printSearches(searches, context.terminal.columns));
    return 0;
  },
});

function printSearches(searches: readonly SavedSearchAnswer[], columns: number): string {
  return printTable(
    ["name", "severity", "becomes", "events", "of one", "query"],
    searches.map(({ name, level, outcome, count, withinMs, groupBy, query }) => [
      name,
      level,
      outcome,
      count === 1 ? "each" : `${count} in ${printDuration(withinMs / 1_000)}`,
      groupBy.join(", "),
      query,
    ]),
    columns,
  );
}
