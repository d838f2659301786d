import assert from "node:assert/strict";
import { test } from "node:test";
import type { DayStatement } from "../../../verify-api.ts";
import { statementsInOrder, statementText } from "./statement-text.ts";

const statement: DayStatement = {
  account: "111122223333",
  day: "2026-11-19",
  isComplete: true,
  isProblem: false,
  from: "2026-11-19T00:00:00.000Z",
  to: "2026-11-20T00:00:00.000Z",
  regions: ["eu-central-1"],
  logFiles: 12,
  sentence: "Complete from 00:00 to 24:00, proven",
  reasons: [],
};

test("a statement stands by itself once it is copied, with what is in its way", () => {
  const start = "Account 111122223333, 2026-11-19 (UTC, by delivery): ";
  assert.equal(statementText(statement), `${start}Complete from 00:00 to 24:00, proven`);
  const not = {
    ...statement,
    isComplete: false,
    isProblem: true,
    sentence: "Not proven",
    reasons: ["a gap", "a broken file"],
  };
  assert.equal(statementText(not), `${start}Not proven (a gap; a broken file)`);
  const said = { ...not, sentence: "Not proven: A gap; a broken file." };
  assert.equal(statementText(said), `${start}Not proven: A gap; a broken file.`);
});

test("the newest day comes first, and within a day accounts in order", () => {
  const made = [{ ...statement, day: "2026-11-18" }, { ...statement, account: "4" }, statement];
  assert.deepEqual(
    statementsInOrder(made).map(({ day, account }) => `${day} ${account}`),
    ["2026-11-19 111122223333", "2026-11-19 4", "2026-11-18 111122223333"],
  );
});
