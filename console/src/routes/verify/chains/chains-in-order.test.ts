import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChainView } from "../../../verify-api.ts";
import { chainsInOrder } from "./chains-in-order.ts";

function makeChain(id: string, more: Partial<ChainView> = {}): ChainView {
  const instant = "2026-11-20T12:00:00.000Z";
  return {
    id,
    account: "111122223333",
    region: "eu-central-1",
    organization: "",
    trail: id,
    homeRegion: "eu-central-1",
    isBackfill: false,
    bucket: "logs",
    head: instant,
    since: instant,
    nextDueAt: instant,
    isOverdue: false,
    sentence: "",
    ...more,
  };
}

const everywhere = { account: undefined, region: undefined };

test("chains that need a look come first, those that have ended last", () => {
  const chains = [
    makeChain("ended", { nextDueAt: null }),
    makeChain("b"),
    makeChain("a"),
    makeChain("broken", { since: null }),
    makeChain("overdue", { isOverdue: true }),
  ];
  assert.deepEqual(
    chainsInOrder(chains, everywhere).map(({ id }) => id),
    ["overdue", "broken", "a", "b", "ended"],
  );
});

test("only those of an account and region stand there where one is chosen", () => {
  const chains = [makeChain("here"), makeChain("far", { region: "us-east-1" }), makeChain("else", { account: "4" })];
  const place = { account: "111122223333", region: "eu-central-1" };
  assert.deepEqual(
    chainsInOrder(chains, place).map(({ id }) => id),
    ["here"],
  );
});
