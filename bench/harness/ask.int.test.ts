import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeCorpus } from "../corpus.ts";
import { answerProbe, countProbe, pageProbe } from "./ask.ts";
import { BenchError } from "./errors.ts";
import { Stage, type OpenStore } from "./stage.ts";

const events = 5000;
let directory: string;
let stage: Stage;
let open: OpenStore;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), "bench-test-"));
  const corpus = await makeCorpus({ dir: directory, events });
  stage = new Stage({
    corpus,
    seed: "1",
    workDirectory: directory,
    repetitions: 1,
    reuse: false,
    talk: () => undefined,
  });
  open = await stage.openStore();
});
after(async () => {
  await open[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

test("a true answer has a time", async () => {
  const { text, count } = stage.corpus.truth.needles.number;
  const { ms, wholePageMs } = await answerProbe({ query: text }, count).ask(open.search);
  assert.ok(ms > 0 && wholePageMs !== undefined && wholePageMs <= ms);
});

test("a wrong answer stops the figure", async () => {
  const { text, count } = stage.corpus.truth.needles.number;
  for (const probe of [answerProbe, pageProbe, countProbe])
    await assert.rejects(
      probe({ query: text }, count + 1).ask(open.search),
      (error) => error instanceof BenchError && error.code === "bench-answer-wrong",
    );
});

test("every question of every kind gets its true answer", async () => {
  const questions = await stage.questions();
  const queries: readonly [readonly { text: string; count: number }[], (text: string) => string][] = [
    [questions.eventNames, (text) => `eventName:${text}`],
    [questions.accessKeys, (text) => `userIdentity.accessKeyId:${text}`],
    [questions.sourceIps, (text) => `sourceIPAddress:${text}`],
    [questions.resources, (text) => `resources.ARN:"${text}"`],
    [questions.targets, (text) => `resource:"${text}"`],
    [questions.middleActors, (text) => `user:"${text}"`],
    [questions.words, (text) => text],
    [questions.parts, (text) => `*${text}*`],
  ];
  for (const [literals, queryOf] of queries) {
    assert.ok(literals.length >= 5);
    for (const { text, count } of literals.slice(0, 2))
      await countProbe({ query: queryOf(text) }, count).ask(open.search);
  }
});
