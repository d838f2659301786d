import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeLogFile, makeRecord, makeRecordText } from "../../../test/fixtures/made-record.ts";
import { addFilter, fieldPathOf, queryFields } from "../../search/language/index.ts";
import { openApp, type OpenApp } from "../open-app.fixture.ts";
import type { EventRow, Facet } from "../../search/index.ts";
import type { HistogramMessage } from "./search.ts";

let open: OpenApp;
let records: Buffer[];

const crowd = 230;
const formula = `=cmd|' /C calc'!A0`;

before(async () => {
  open = await openApp({ eventsPerDay: 400 });
  const sameSecond = { eventTime: "2026-11-20T10:00:00Z", userAgent: "Crowd/1.0" };
  const oneId = { ...sameSecond, eventID: "99999999-0000-4000-8000-000000000001", eventName: "Shared" };
  const file = join(open.folder, "crowd.json");
  writeFileSync(
    file,
    makeLogFile([
      ...Array.from({ length: crowd }, (_, index) => makeRecord(index, sameSecond)),
      ...Array.from({ length: 20 }, (_, index) =>
        makeRecord(0, { ...oneId, recipientAccountId: `${700_000_000_000 + index}` }),
      ),
      makeRecord(1_000, { ...sameSecond, userAgent: "cROWD/1.0" }),
      makeRecord(1_001, { userAgent: formula, errorMessage: 'a "quoted", broken\nline' }),
      makeRecord(1_002, { userAgent: "\u001b]0;owned\u0007\u202e" }),
      makeRecord(1_003, { eventTime: "2250-01-02T03:04:05Z", eventName: "FarAhead" }),
      makeRecord(1_004, { eventTime: "1970-01-02T03:04:05Z", eventName: "LongAgo" }),
      makeRecord(1_005, { userAgent: "a*b?c\\d (e) [f] OR g:h" }),
      makeRecordText(1_006, { userAgent: '"lone \\ud800 surrogate"' }),
    ]),
  );
  await open.services.runImport(
    { paths: [file], workingDirectory: open.folder },
    () => undefined,
    new AbortController().signal,
  );
  records = await Array.fromAsync(open.services.search.records({ query: "", order: "oldest" }));
});
after(() => open[Symbol.asyncDispose]());

interface Page {
  readonly events: readonly EventRow[];
  readonly cursor: string | null;
}

async function allPages(query: string, order: string, limit: number): Promise<EventRow[]> {
  const found: EventRow[] = [];
  let cursor: string | null = null;
  do {
    const words = new URLSearchParams({ query, order, limit: String(limit), ...(cursor === null ? {} : { cursor }) });
    const page: Page = await open.json(`/api/v1/search/events?${words}`);
    assert.ok(page.events.length <= limit);
    found.push(...page.events);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}

function identity(row: EventRow): string {
  return `${row.time} ${row.id} ${row.account}`;
}

for (const order of ["newest", "oldest"]) {
  for (const [query, limit] of [
    ["", 97],
    ["userAgent:Crowd*", 29],
    ["eventName:Shared", 3],
  ] as const) {
    test(`pages of ${limit}, ${order} first, bring everything that ${query || "is there"} exactly once`, async () => {
      const found = await allPages(query, order, limit);
      assert.equal(new Set(found.map(identity)).size, found.length);
      assert.equal(found.length, await countOf(query));
      if (query === "") assert.equal(found.length, records.length);
      const times = found.map((row) => Date.parse(row.time));
      assert.deepEqual(
        times,
        times.toSorted((a, b) => (order === "newest" ? b - a : a - b)),
      );
    });
  }
}

async function histogram(
  query: string,
  buckets: number,
  range: Readonly<Record<string, string>> = {},
): Promise<HistogramMessage[]> {
  const words = new URLSearchParams({ query, buckets: String(buckets), ...range });
  const text = await (await open.get(`/api/v1/search/histogram?${words}`)).text();
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as HistogramMessage);
}

async function countOf(query: string): Promise<number> {
  const last = (await histogram(query, 1)).at(-1);
  assert.ok(last?.kind === "done", JSON.stringify(last));
  return last.count;
}

test("a histogram adds up to the count, whatever the buckets and the range", async () => {
  const ranges = [
    {},
    { from: "2026-11-19", to: "2026-11-19" },
    { from: "2026-11-20T09:59:59.5Z", to: "2026-11-20T10:00:00.001Z" },
  ];
  for (const range of ranges) {
    for (const query of ["", "eventName:Get*", "error:*"]) {
      const words = new URLSearchParams({ query, ...range });
      const lines = (await (await open.get(`/api/v1/search/export?${words}`)).text()).split("\n").length - 1;
      for (const buckets of [50, 2_000]) {
        const parts = await histogram(query, buckets, range);
        const done = parts.at(-1);
        assert.ok(done?.kind === "done");
        const sum = parts
          .flatMap((part) => (part.kind === "buckets" ? part.buckets : []))
          .reduce((all, { count }) => all + count, 0);
        assert.deepEqual(
          { sum, count: done.count },
          { sum: lines, count: lines },
          `${query} ${JSON.stringify(range)} ${buckets}`,
        );
      }
    }
  }
});

/** Short names whose list shows the values of one path, while a search looks in all of theirs. */
const severalPaths: ReadonlySet<string> = new Set(["role", "resource", "agent"]);

/** What the console lists beside its results. */
const listedFields = [
  "eventName",
  "user",
  "errorCode",
  "eventSource",
  "sourceIPAddress",
  "awsRegion",
  "recipientAccountId",
  "userIdentity.type",
  "readOnly",
];

test("no facet's count differs from the search that a click on it makes", async () => {
  const others = queryFields
    .map(({ name }) => name)
    .filter((name) => fieldPathOf(name) && !listedFields.includes(name));
  const asked = [
    { fields: listedFields, limit: 5 },
    { fields: others, limit: 1 },
  ];
  for (const { fields, limit } of asked) {
    const { facets } = await open.json<{ facets: Facet[] }>(
      `/api/v1/search/facets?limit=${limit}&fields=${fields.join(",")}`,
    );
    assert.deepEqual(
      facets.map(({ field }) => field),
      fields,
    );
    await Promise.all(facets.map(checkClicks));
  }
});

async function checkClicks({ field, values }: Facet): Promise<void> {
  for (const { value, count } of values) {
    if (value.toLowerCase() === "crowd/1.0") continue; // a search does not tell them apart, a list does
    const query = addFilter("", field, value, "in");
    const found = await countOf(query);
    if (severalPaths.has(field)) assert.ok(found >= count, query);
    else assert.equal(found, count, query);
  }
}

test("an export in NDJSON and JSON holds the records' own bytes", async () => {
  const lines = Buffer.from(await (await open.get("/api/v1/search/export?order=oldest")).arrayBuffer());
  assert.ok(lines.equals(Buffer.concat(records.flatMap((record) => [record, Buffer.from("\n")]))));
  const whole = await (await open.get("/api/v1/search/export?format=json&order=oldest")).text();
  const parsed = JSON.parse(whole) as { Records: unknown[] };
  assert.deepEqual(
    parsed.Records,
    records.map((record) => JSON.parse(record.toString())),
  );
  assert.deepEqual(
    JSON.parse(await (await open.get("/api/v1/search/export?format=json&query=eventName:NoSuchThing")).text()),
    { Records: [] },
  );
});

test("an export in CSV has one line an event, and nothing in it runs", async () => {
  const response = await open.get(
    "/api/v1/search/export?format=csv&fields=eventID,userAgent,errorMessage&query=userAgent:*",
  );
  assert.match(response.headers.get("content-disposition") ?? "", /^attachment; filename="events\.csv"$/);
  const rows = readCsv(await response.text());
  assert.deepEqual(rows[0], ["eventID", "userAgent", "errorMessage"]);
  assert.equal(rows.length - 1, await countOf("userAgent:*"));
  for (const row of rows) {
    assert.equal(row.length, 3);
    for (const cell of row) {
      assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
      assert.doesNotMatch(cell, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u);
    }
  }
  const formulas = rows.filter(([, agent]) => agent === `'${formula}`);
  assert.deepEqual(
    formulas.map(([, , message]) => message),
    ['a "quoted", broken\nline'],
  );
});

/** RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test("further fields of a page are those of its own events", async () => {
  const page = await open.json<Page>(
    "/api/v1/search/events?fields=eventID,requestParameters.key&query=userAgent:Crowd*&limit=100",
  );
  assert.equal(page.events.length, 100);
  for (const event of page.events) assert.equal(event.fields?.["eventID"], event.id);
});

test("an event is found by its id, with the file that brought it and its namesakes", async () => {
  interface Answer {
    readonly event: EventRow;
    readonly raw: string;
    readonly logFile: { readonly name: string } | null;
    readonly others: readonly { readonly event: EventRow }[];
  }
  const answer = await open.json<Answer>("/api/v1/events/99999999-0000-4000-8000-000000000001?account=700000000003");
  assert.equal(answer.event.account, "700000000003");
  assert.equal((JSON.parse(answer.raw) as { recipientAccountId: string }).recipientAccountId, "700000000003");
  assert.match(answer.logFile?.name ?? "", /crowd\.json$/);
  assert.deepEqual(answer.others, []);
});
