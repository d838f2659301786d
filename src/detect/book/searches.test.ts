import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { Correlator } from "../correlate/correlator.ts";
import { RuleSet } from "../rule-set.ts";
import { DetectError } from "../errors.ts";
import { makeBook, noon } from "./rule-book.fixture.ts";
import type { RulesInForce, SearchCorrelation } from "./rule-book.ts";

let folder: TemporaryFolder;

beforeEach(() => {
  folder = makeTemporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const denied: Omit<SearchCorrelation, "changedAt"> = {
  name: "many-denied",
  query: "error:AccessDenied",
  groupBy: ["userIdentity.arn"],
  count: 3,
  withinMs: 600_000,
  level: "low",
  outcome: "notification",
};

/** What fires on one denied call a minute of these users. */
function firesOn({ rules, correlations }: RulesInForce, users: readonly string[]): readonly string[] {
  const set = new RuleSet(rules);
  const correlator = new Correlator(correlations);
  const fired: string[] = [];
  for (const [minute, arn] of users.entries()) {
    const record = { eventName: "GetObject", errorCode: "AccessDenied", userIdentity: { arn } };
    const matched = set.matching(record, JSON.stringify(record));
    fired.push(...matched.filter(({ isAlone }) => isAlone).map(({ rule }) => rule.key));
    const event = { id: String(minute), at: noon + minute * 60_000, record };
    const hits = correlator.take({ ...event, rules: matched.map(({ rule }) => rule.key) });
    fired.push(...hits.map(({ correlation, group }) => `${correlation} ${group.join()}`));
  }
  return fired;
}

test("a saved search fires when one of something has so many of its events within the time", async () => {
  const { book } = makeBook(folder.path);
  await book.putSearch(denied);
  const force = await book.inForce();
  assert.deepEqual(firesOn(force, ["ann", "bob", "ann", "bob"]), []);
  assert.deepEqual(firesOn(force, ["ann", "bob", "ann", "ann"]), ["search:many-denied ann"]);
  const terms = force.terms.get("search:many-denied");
  assert.deepEqual(
    [terms?.of, terms?.title, terms?.level, terms?.outcome],
    [...["search", "many-denied", "low", "notification"]],
  );
});

test("a search for one event fires on each", async () => {
  const { book } = makeBook(folder.path);
  await book.putSearch({ ...denied, count: 1, groupBy: [] });
  assert.deepEqual(firesOn(await book.inForce(), ["ann", "bob"]), ["search:many-denied", "search:many-denied"]);
});

test("a saved search is settled and tuned as any rule is", async () => {
  const { book } = makeBook(folder.path);
  await book.putSearch({ ...denied, groupBy: ["user"] });
  const [view] = await book.list();
  assert.deepEqual(
    [view?.key, view?.kind, view?.origin, view?.title],
    [...["search:many-denied", "search", "search", "many-denied"]],
  );
  assert.equal((await book.get("search:many-denied"))?.text, "error:AccessDenied");
  assert.deepEqual((await book.searches())[0]?.groupBy, ["userIdentity.arn"]);
  await book.putSearch(denied);
  await book.tune({
    name: "ann",
    rules: ["search:many-denied"],
    query: "userIdentity.arn:ann",
    reason: "R",
    until: undefined,
  });
  assert.deepEqual(firesOn(await book.inForce(), ["ann", "ann", "ann"]), []);
  await book.settle("search:many-denied", { status: "off" });
  assert.deepEqual(firesOn(await book.inForce(), ["bob", "bob", "bob"]), []);
  await book.removeSearch("many-denied");
  assert.deepEqual(await book.searches(), []);
  await assert.rejects(book.removeSearch("many-denied"), { code: "rule-item-unknown" });
});

test("a search that nobody could mean is refused", async () => {
  const { book } = makeBook(folder.path);
  const isRefused = (error: unknown) => error instanceof DetectError && error.code === "rule-search-invalid";
  for (const wrong of [
    { groupBy: ["no such field"] },
    { groupBy: ["a", "b", "c", "d", "e", "f"].map((key) => `requestParameters.${key}`) },
    { count: 0 },
    { count: 1.5 },
    { withinMs: 10 },
    { withinMs: 31 * 86_400_000 },
    { query: "*", count: 1 },
  ]) {
    await assert.rejects(book.putSearch({ ...denied, ...wrong }), isRefused, JSON.stringify(wrong));
  }
  await assert.rejects(book.putSearch({ ...denied, name: "Many denied" }), { code: "rule-name-invalid" });
  await assert.rejects(book.putSearch({ ...denied, query: "user:" }));
});
