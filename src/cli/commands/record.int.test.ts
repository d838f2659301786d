import assert from "node:assert/strict";
import { type ChildProcess } from "node:child_process";
import { createHash, createPublicKey, verify } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";

import { endOf, runProgram, startProgram } from "../../../test/fixtures/program.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { TrailwardenError } from "../../base/errors.ts";
import { readDigest } from "../../cloudtrail/index.ts";
import { readEnvironment } from "../../config/index.ts";
import { openServer, recordsIn } from "../../recorder/proxy/recording.fixture.ts";
import type { CommandContext } from "../command.ts";
import { readArguments } from "../read-arguments.ts";
import { recordCommand } from "./record.ts";

let server: Awaited<ReturnType<typeof openServer>>;
let place: TemporaryFolder;

before(async () => {
  place = makeTemporaryFolder();
  // Answers each call with the id that it came with, and keeps what is put into the bucket of the files.
  server = await openServer((message, response) => {
    if (message.url?.startsWith("/audit/") === true) kept.push(message.url);
    message.resume().once("end", () => {
      response.writeHead(200, { "x-amz-request-id": message.headers["x-id"] ?? "none" });
      response.end("answer");
    });
  });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

const kept: string[] = [];

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(...words: readonly string[]): Promise<Running> {
  const child = startProgram(["record", "--upstream", server.url, "--port", "0", ...words], {
    workingDirectory: place.path,
    environment: { AWS_ACCESS_KEY_ID: "AKIAOWN", AWS_SECRET_ACCESS_KEY: "none" },
  });
  if (!child.stdout) throw new Error("The program has no stdout");
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Recording at (http:\/\/127\.0\.0\.1:\d+); calls go on to http:/.exec(line)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error((await endOf(child)).stderr);
}

const signature = `SignedHeaders=host, Signature=${"a".repeat(64)}`;
const authorization = `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/eu-west-1/s3/aws4_request, ${signature}`;

/** Asks until so many calls are answered, and kills the program amid the next ones; the ids of all that were answered. */
async function askAndKill({ url, child }: Running, name: string, count: number): Promise<readonly string[]> {
  const answered: string[] = [];
  const asker = async (number: number) => {
    for (let turn = 0; ; turn += 1) {
      const id = `${name}-${number}-${turn}`;
      try {
        const answer = await fetch(`${url}/bucket?acl`, { headers: { authorization, "x-id": id } });
        await answer.text();
      } catch {
        return;
      }
      answered.push(id);
      if (answered.length === count) child.kill("SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, number) => asker(number)));
  return answered;
}

test("killed again and again it loses no call that it let be answered, and delivers none twice", async () => {
  const answered: string[] = [];
  for (const [life, count] of [150, 20, 70].entries()) {
    const running = await start("--into", "killed", "--every", "1", "--digests");
    answered.push(...(await askAndKill(running, `life${life}`, count)));
  }
  const last = await start("--into", "killed");
  last.child.kill("SIGINT");
  assert.equal((await endOf(last.child)).code, 0);
  const delivered = recordsIn(join(place.path, "killed")).map(({ requestID }) => requestID ?? "");
  const missing = answered.filter((id) => !delivered.includes(id));
  assert.ok(answered.length >= 240, `${answered.length} calls`);
  assert.deepEqual(missing, []);
  assert.equal(new Set(delivered).size, delivered.length);
});

test("Ctrl-C delivers what there is, with digests that verify, into folder and bucket, and says what it did", async () => {
  const running = await start("--into", "stopped", "--digests", "--bucket", "audit", "--account", "111122223333");
  for (const path of ["/bucket?acl", "/bucket/key", "/nothing?nonsense"]) {
    const method = path.includes("nonsense") ? "DELETE" : "GET";
    await (await fetch(`${running.url}${path}`, { method, headers: { authorization } })).text();
  }
  running.child.kill("SIGINT");
  const { code, stderr } = await endOf(running.child);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^records: 1 {2}unnamed: 0$/m);
  assert.match(stderr, /records: 1 {2}unnamed: 1 {2}data events left out: 1/);
  assert.match(stderr, /^1 record of 3 requests in 2 files\nPassed on without a name: s3 1\n$/m);
  const folder = join(place.path, "stopped");
  const [log] = globSync("AWSLogs/111122223333/CloudTrail/eu-west-1/*/*/*/*.json.gz", { cwd: folder });
  const [digest] = globSync("AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/*/*/*/*.json.gz", { cwd: folder });
  assert.deepEqual(kept.map((url) => url.split("?")[0]).toSorted(), [`/audit/${log}`, `/audit/${digest}`].toSorted());
  verifyDigest(folder, digest ?? "", log ?? "");
});

/** CloudTrail User Guide, "CloudTrail digest file structure": what is signed, and with what. */
function verifyDigest(folder: string, path: string, log: string): void {
  const bytes = gunzipSync(readFileSync(join(folder, path)));
  const read = readDigest(bytes);
  assert.ok(read.ok);
  const { digest } = read;
  assert.deepEqual(
    digest.logFiles.map(({ s3Object }) => s3Object),
    [log],
  );
  assert.equal(digest.logFiles[0]?.hashValue, sha256(gunzipSync(readFileSync(join(folder, log)))));
  const metadata = JSON.parse(readFileSync(join(folder, `${path}.metadata.json`), "utf8")) as Record<string, string>;
  const keys = JSON.parse(readFileSync(join(folder, "public-keys.json"), "utf8")) as {
    readonly PublicKeyList: readonly { readonly Value: string; readonly Fingerprint: string }[];
  };
  const key = keys.PublicKeyList.find(({ Fingerprint }) => Fingerprint === digest.digestPublicKeyFingerprint);
  const text = [digest.digestEndTime, `audit/${path}`, sha256(bytes), "null"].join("\n");
  const publicKey = createPublicKey({ key: Buffer.from(key?.Value ?? "", "base64"), format: "der", type: "pkcs1" });
  assert.ok(verify("RSA-SHA256", Buffer.from(text), publicKey, Buffer.from(metadata["signature"] ?? "", "hex")));
}

test("two recordings do not write into one folder", async () => {
  const running = await start("--into", "shared");
  const second = await runProgram(["record", "--upstream", server.url, "--port", "0", "--into", "shared"], {
    workingDirectory: place.path,
  });
  running.child.kill("SIGINT");
  assert.equal((await endOf(running.child)).code, 0);
  assert.equal(second.code, 2);
  assert.match(second.stderr, /^Error: Another recording writes into .*shared/);
});

const wrong: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [[], /Say which server/],
  [["--upstream", "127.0.0.1"], /not the address of a server/],
  [["--upstream", "http://127.0.0.1/path"], /not the address of a server/],
  [["--upstream", "ftp://127.0.0.1"], /not the address of a server/],
  [["--upstream", "http://127.0.0.1:1", "--port", "70000"], /--port 70000 is not a whole number/],
  [["--upstream", "http://127.0.0.1:1", "--every", "0"], /--every 0 is not/],
  [["--upstream", "http://127.0.0.1:1", "--account", "12"], /--account 12 is not 12 digits/],
  [["--upstream", "http://127.0.0.1:1", "--region", "mars"], /--region mars is not/],
  [["--upstream", "http://127.0.0.1:1", "--identities", "nowhere.json"], /identities in .* cannot be used/],
  [["--upstream", "http://127.0.0.1:1", "--bucket-endpoint", "http://127.0.0.1:1"], /needs a bucket/],
];

test("whoever asks wrongly is told so before anything listens", async () => {
  for (const [words, says] of wrong) {
    const context = { ...quiet, workingDirectory: place.path };
    await assert.rejects(
      recordCommand.run(readArguments(recordCommand, [...words, "--into", "wrong"]), context),
      (error) => {
        assert.ok(error instanceof TrailwardenError);
        assert.equal(error.fault, "user");
        assert.match(error.message, says);
        return true;
      },
    );
  }
});

const quiet: CommandContext = {
  terminal: {
    data: async () => undefined,
    talk: () => undefined,
    status: () => undefined,
    isInteractive: false,
    isDataShown: false,
    hasColor: false,
    columns: 0,
  },
  environment: readEnvironment({}),
  program: "",
  now: () => 0,
  workingDirectory: "",
  signal: AbortSignal.abort(),
};

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
