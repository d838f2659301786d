import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { seededRandom } from "../../src/base/seeded-random.ts";
import { layOut, MadeWorld } from "../../src/verify/case/made-case.fixture.ts";
import { madeKey, MadeChain } from "../../src/verify/made-chain.fixture.ts";
import { missingAwsCli } from "../fixtures/aws-cli.ts";
import { runTool, type Said } from "../fixtures/run-tool.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../fixtures/temporary-folder.ts";

const withoutAwsCli = await missingAwsCli();
const withoutPython = (await run("python3", ["--version"], ".")).code === 0 ? false : "Python is not installed";
let place: TemporaryFolder;
let sealed: string;
let files: ReadonlyMap<string, Buffer>;

function run(program: string, words: readonly string[], folder: string): Promise<Said> {
  const name = program === "node" ? process.execPath : program;
  const all = words.map((word) => (/\.(?:mjs|py)$/.test(word) && !word.includes("/") ? join(folder, word) : word));
  return runTool(name, all, { environment: {}, timeoutMilliseconds: 120_000 });
}

/** A copy of the case, to be changed. */
function copy(name: string): string {
  const folder = join(place.path, name);
  cpSync(sealed, folder, { recursive: true });
  return folder;
}

/** Two regions, an organization's trail, late log files, a pause, and keys that change in between. */
function madeWorld(): MadeWorld {
  const usual = new MadeChain({ seed: 1 }).add(3).rotate(madeKey("second")).add(1, { files: 0 }).add(2);
  usual.pause(7_200_000).addOne({ previous: null });
  const late = new MadeChain({ seed: 2, isBackfill: true, key: madeKey("second") }).add(2);
  const other = new MadeChain({ seed: 3, region: "us-east-1", organizationId: "o-exampleorg", trailName: "all" }).add(
    2,
  );
  const world = new MadeWorld([usual, late, other]);
  world.keys.push(madeKey("second"));
  return world;
}

before(async () => {
  place = makeTemporaryFolder();
  sealed = join(place.path, "sealed");
  files = await madeWorld().open({ title: "All of it" });
  layOut(files, sealed);
});
after(() => place[Symbol.dispose]());

test("a case unpacks with tar into a folder of its own", async () => {
  const folder = join(place.path, "tar");
  mkdirSync(folder);
  writeFileSync(join(folder, "case.tar.gz"), await madeWorld().seal());
  execFileSync("tar", ["-xzf", "case.tar.gz"], { cwd: folder });
  const said = await run("node", [join(folder, "trailwarden-case-20260305T140131Z", "check.mjs")], folder);
  assert.equal(said.code, 0, said.stdout);
});

test("check.mjs says that all is proven, with the node of this machine too, and asks no network", async () => {
  const noNetwork = `data:text/javascript,${encodeURIComponent(`
    import net from "node:net"; import dns from "node:dns";
    const refuse = () => { throw new Error("the network was asked"); };
    net.Socket.prototype.connect = refuse; net.Server.prototype.listen = refuse; dns.lookup = refuse; globalThis.fetch = refuse;
  `)}`;
  const ours = await run("node", ["--import", noNetwork, "check.mjs"], sealed);
  assert.equal(ours.code, 0, ours.stdout + ours.stderr);
  assert.match(ours.stdout, /\nALL PROVEN: /);
  assert.match(ours.stdout, /Digests +11 of 11 .*\nChains +2 of 3 /);
  assert.match(ours.stdout, /To know:\n.*begins it anew; no digest speaks for the time/);
  const plain = await runTool(
    "sh",
    ["-c", `command -v -p node >/dev/null && exec "$(command -v -p node)" "$0"`, join(sealed, "check.mjs")],
    {
      environment: { PATH: "/usr/local/bin:/usr/bin:/bin" },
      timeoutMilliseconds: 60_000,
    },
  );
  // There may be no other node here; where there is one, it says the same.
  if (plain.code !== 1 || plain.stdout !== "") assert.equal(plain.stdout, ours.stdout);
});

test("one changed byte of any file is found, wherever it is", async () => {
  const folder = copy("bytes");
  // The program of the case that is whole, which it looks at when it is imported: a changed one cannot vouch for itself.
  const { checkCase } = (await import(pathToFileURL(join(sealed, "check.mjs")).href)) as {
    readonly checkCase: (folder: string) => Promise<{ readonly changed: readonly string[] }>;
  };
  const random = seededRandom(11);
  for (const [path, bytes] of files) {
    for (let round = 0; round < (path.startsWith("s3/") ? 1 : 3); round += 1) {
      const at = Math.floor(random() * bytes.length);
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 + Math.floor(random() * 255));
      writeFileSync(join(folder, path), changed);
      const { changed: told } = await checkCase(folder).catch((error: Error) => ({ changed: [error.message] }));
      assert.ok(told.length > 0, `${path} at ${at}`);
    }
    if (path === "events.ndjson") {
      const said = await run("node", ["check.mjs"], folder);
      assert.deepEqual([said.code, /^CHANGED: /m.test(said.stdout)], [1, true]);
    }
    writeFileSync(join(folder, path), bytes);
  }
  assert.equal((await run("node", ["check.mjs"], folder)).code, 0);
});

/** Whoever changes a case can seal it again: then AWS's signatures are what is left. */
function sealAgain(
  folder: string,
  change: (manifest: { files: { path: string; size: number; sha256: string }[]; claims: { events: number } }) => void,
): void {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Parameters<typeof change>[0];
  for (const file of manifest.files) {
    const bytes = readFileSync(join(folder, file.path));
    Object.assign(file, { size: bytes.length, sha256: sha256(bytes) });
  }
  change(manifest);
  const text = JSON.stringify(manifest);
  writeFileSync(join(folder, "manifest.json"), text);
  writeFileSync(join(folder, "manifest.sha256"), `${sha256(Buffer.from(text))}  manifest.json\n`);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const logFileOf = () => [...files.keys()].find((path) => /\/CloudTrail\//.test(path)) ?? "";
const lastLogFileOf = () => [...files.keys()].findLast((path) => /\/CloudTrail\//.test(path)) ?? "";
const digestOf = () => [...files.keys()].find((path) => /\/CloudTrail-Digest\//.test(path)) ?? "";

const forgeries: readonly [string, (folder: string) => void, RegExp][] = [
  [
    "a log file with another record",
    (folder) => edit(join(folder, logFileOf()), (text) => text.replace(/Do\d/, "Xx9")),
    /Log file .*its digest names another content/,
  ],
  [
    "a log file with something behind it",
    (folder) =>
      writeFileSync(join(folder, logFileOf()), Buffer.concat([readFileSync(join(folder, logFileOf())), gzipSync("")])),
    /Log file .*something behind the compressed data/,
  ],
  [
    "a digest that names another hash",
    (folder) => edit(join(folder, digestOf()), (text) => text.replace(/"hashValue":"../, '"hashValue":"00')),
    /Digest .*its signature is wrong/,
  ],
  [
    "an event that no log file has",
    (folder) =>
      writeFileSync(
        join(folder, "events.ndjson"),
        readFileSync(join(folder, "events.ndjson"), "utf8").replace(/Do\d/, "Xx9"),
      ),
    /Event in line \d+ of events.ndjson stands in no proven log file/,
  ],
  [
    "a key of somebody else's under AWS's name",
    (folder) => {
      const path = join(folder, "public-keys.json");
      const { PublicKeyList } = JSON.parse(readFileSync(path, "utf8")) as { PublicKeyList: { Value: string }[] };
      for (const key of PublicKeyList) key.Value = madeKey("forger").der.toString("base64");
      writeFileSync(path, JSON.stringify({ PublicKeyList }));
    },
    /has another fingerprint/,
  ],
  [
    "another signature",
    (folder) => {
      const path = join(folder, "metadata.json");
      writeFileSync(path, readFileSync(path, "utf8").replace(/"signature": "../, '"signature": "00'));
    },
    /Digest .*its signature is wrong/,
  ],
];

for (const [what, forge, expected] of forgeries) {
  test(`a case that was sealed again around ${what} is not proven`, async () => {
    const folder = copy("forged");
    try {
      forge(folder);
      sealAgain(folder, () => undefined);
      const said = await run("node", ["check.mjs"], folder);
      assert.equal(said.code, 1);
      assert.match(said.stdout, /\nNOT ALL PROVEN: /);
      assert.match(said.stdout, expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test("a case that was sealed again without a digest between two others has a hole in its chain", async () => {
  const folder = copy("hole");
  sealAgain(folder, (manifest) => {
    const { digests } = manifest as unknown as { digests: unknown[] };
    digests.splice(3, 1);
  });
  const said = await run("node", ["check.mjs"], folder);
  assert.equal(said.code, 1);
  assert.match(said.stdout, /follows s3:\/\/.*which is not here or not valid/);
});

test("a manifest cannot make the check read or serve a file outside of the case", async () => {
  const folder = copy("outside");
  writeFileSync(join(place.path, "secret"), "secret");
  sealAgain(folder, ({ files: listed }) =>
    listed.push({ path: "../secret", size: 6, sha256: sha256(Buffer.from("secret")) }),
  );
  const said = await run("node", ["check.mjs"], folder);
  assert.equal(said.code, 1);
  assert.match(said.stdout, /\.\.\/secret is a path outside of the case/);
});

// Both serve the same files: one is asked of the whole case, the other of a changed one and of a lean one.
test("the AWS CLI agrees, by check.mjs --serve", { skip: withoutAwsCli }, async () => {
  const said = await run("node", ["check.mjs", "--serve", "--run"], sealed);
  assert.equal(said.code, 0, said.stdout + said.stderr);
  assert.doesNotMatch(said.stdout, /INVALID/);
  const [, valid, all] = /calls (\d+) of (\d+) log files of the case valid/.exec(said.stdout) ?? [];
  assert.ok(Number(all) > 20 && valid === all, said.stdout);
});

test(
  "the AWS CLI finds a changed log file and digest, by serve.py",
  { skip: withoutAwsCli || withoutPython },
  async () => {
    const folder = copy("changed");
    edit(join(folder, lastLogFileOf()), (text) => text.replace(/Do\d/, "Xx9"));
    edit(join(folder, digestOf()), (text) => text.replace(/"hashValue":"../, '"hashValue":"00'));
    const said = await run("python3", ["serve.py", "--run"], folder);
    assert.equal(said.code, 1);
    assert.match(said.stdout, /Log file\t.*\tINVALID: hash value doesn't match/);
    assert.match(said.stdout, /Digest file\t.*\tINVALID: signature verification failed/);
  },
);

test(
  "a lean case is proven too, and the AWS CLI misses only what was left out",
  { skip: withoutAwsCli || withoutPython },
  async () => {
    const world = madeWorld();
    const [first] = world.events("");
    const folder = join(place.path, "lean");
    layOut(await world.open({ query: first?.eventId ?? "", isLean: true }), folder);
    assert.equal((await run("node", ["check.mjs"], folder)).code, 0);
    const said = await run("python3", ["serve.py", "--run"], folder);
    assert.equal(said.code, 0, said.stdout);
    assert.match(
      said.stdout,
      /calls 1 of 1 log files of the case valid\.\n2 log files that its digests name were left out/,
    );
  },
);

function edit(path: string, change: (text: string) => string): void {
  const text = gunzipSync(readFileSync(path)).toString("utf8");
  assert.notEqual(change(text), text);
  writeFileSync(path, gzipSync(change(text)));
}
