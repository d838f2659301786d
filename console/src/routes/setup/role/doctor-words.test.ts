import assert from "node:assert/strict";
import { test } from "node:test";
import type { DoctorRow } from "../../../setup-types.ts";
import { doctorSentence, sortRows } from "./doctor-words.ts";

function row(action: string, state: DoctorRow["state"], isOptional = false): DoctorRow {
  const accountId = "111122223333";
  return { accountId, action, on: "bucket", feature: "care", isOptional, state, sentence: "", help: "" };
}

test("what is lacking stands first, and what it breaks is named", () => {
  const rows = [row("s3:B", "allowed"), row("s3:C", "denied"), row("s3:A", "unknown"), row("s3:D", "denied", true)];
  assert.deepEqual(
    sortRows(rows).map(({ action }) => action),
    ["s3:C", "s3:A", "s3:D", "s3:B"],
  );
  assert.equal(
    doctorSentence({ findings: [], rows, lacking: [{ feature: "care", actions: ["s3:C"] }] }),
    "1 of 4 rights is lacking. What does not work without: care. Of 1 it could not be found out.",
  );
});

test("a right that could not be asked for is not said to be there, and a role that is wrong is not said to work", () => {
  const findings = [{ about: "clock", accountId: "", state: "bad" as const, sentence: "", help: "" }];
  assert.equal(
    doctorSentence({ findings: [], rows: [row("s3:A", "allowed")], lacking: [] }),
    "It works: every right that is needed is there.",
  );
  assert.match(
    doctorSentence({ findings: [], rows: [row("s3:A", "unknown")], lacking: [] }),
    /^Nothing is known to be lacking/,
  );
  assert.match(doctorSentence({ findings, rows: [row("s3:A", "allowed")], lacking: [] }), /^The role does not work/);
});

test("a right that it can do without is no lack", () => {
  assert.equal(
    doctorSentence({ findings: [], rows: [row("s3:A", "denied", true)], lacking: [] }),
    "It works: every right that is needed is there. It does without 1 that is not needed here.",
  );
});
