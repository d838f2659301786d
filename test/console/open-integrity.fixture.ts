import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { createApp, openServices, type Services } from "../../src/server/index.ts";
import { verdictKinds, type CaseAsk } from "../../src/verify/index.ts";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { madeVerdict, nameOfDigest } from "./made-evidence.fixture.ts";
import { hourMs, integrityNow, madeVerification, type MadeWorld, wrong } from "./made-verification.fixture.ts";
import { openBrowser, type Visit } from "./open-browser.fixture.ts";
import { serveApp } from "./serve-app.fixture.ts";

const token = "token-of-the-server-that-answers-for-integrity";

export interface OpenIntegrity extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly visit: Visit;
  /** The case files that were asked for. */
  readonly cases: readonly CaseAsk[];
}

/** The console over an event store with a log file of each verdict, and a verification whose answers are made up. */
export async function openIntegrity(world: MadeWorld): Promise<OpenIntegrity> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const services = stack.use(await openServices({ dataDirectory: join(folder.path, "data"), now: () => integrityNow }));
  await importOneOfEach(services, folder.path);
  await judgeByName(services);
  const real = await services.openVerification();
  const cases: CaseAsk[] = [];
  const verification = madeVerification(world, {
    verdictsOf: (ids) => real.verdictsOf(ids),
    async *exportCase(ask) {
      cases.push(ask);
      yield gzipSync("a case file");
    },
  });
  const app = createApp({
    services: { ...services, openVerification: async () => verification },
    token,
    hosts: ["127.0.0.1"],
    consoleDirectory: fileURLToPath(new URL("../../console/dist", import.meta.url)),
    onFailure: (error) => {
      throw error;
    },
  });
  const { url } = stack.use(await serveApp(app.fetch));
  const { visit } = stack.use(await openBrowser({ url, token }));
  const running = stack.move();
  return { url, token, visit, cases, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** A log file of each verdict, which stands in its name, delivered in the hour that is broken; each with two events. */
async function importOneOfEach(services: Services, path: string): Promise<void> {
  const day = new Date(wrong.broken).toISOString().slice(0, 10).replaceAll("-", "/");
  const logs = join(path, "logs/AWSLogs/111122223333/CloudTrail/eu-central-1", day);
  await mkdir(logs, { recursive: true });
  for (const [index, kind] of verdictKinds.entries()) {
    const at = wrong.broken + index * 5 * 60_000;
    const minutes = `${new Date(at).toISOString().slice(0, 16).replaceAll(/[-:]/g, "")}Z`;
    const records = [0, 1].map((number) =>
      makeRecord(2 * index + number, {
        eventTime: new Date(at - hourMs / 6 + number * 1000).toISOString().replace(".000Z", "Z"),
      }),
    );
    const name = `111122223333_CloudTrail_eu-central-1_${minutes}_${kind}.json.gz`;
    await writeFile(join(logs, name), gzipSync(makeLogFile(records)));
  }
  const request = { paths: [join(path, "logs")], workingDirectory: path };
  await services.runImport(request, () => undefined, new AbortController().signal);
}

/** Judges what was brought by the verdict in its name. */
async function judgeByName({ search, store }: Services): Promise<void> {
  const { events } = await search.page({ query: "", limit: 100, order: "newest" });
  const digest = nameOfDigest("111122223333", "eu-central-1", wrong.broken + hourMs);
  for (const id of new Set(events.map(({ logFile }) => logFile))) {
    const { name = "", deliveredAt } = (await store.logFile(id)) ?? {};
    const kind = verdictKinds.find((each) => name.endsWith(`_${each}.json.gz`));
    if (kind === undefined) continue;
    const { sentence: _, ...verdict } = madeVerdict(kind, digest, wrong.broken - 30 * 24 * hourMs);
    const place = { accountId: "111122223333", region: "eu-central-1", deliveredAt: deliveredAt ?? wrong.broken };
    const row = { ...verdict, ...place, verdict: kind, name, logFile: id, judgedAt: integrityNow };
    await store.proofs.putVerdicts([row]);
  }
}
