import { execFile, spawn } from "node:child_process";
import { chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A Postgres server on loopback, with an empty database for each who asks; gone with the test. */
export interface TestPostgres extends AsyncDisposable {
  emptyDatabase(): Promise<string>;
  /** A database of its own with what is in another, which nobody is connected to. */
  copyOf(address: string): Promise<string>;
}

/** Where Debian's package puts the server's programs. */
const versionsFolder = "/usr/lib/postgresql";

/** The folder of a Postgres server's programs, if one is installed. */
export async function findPostgres(): Promise<string | undefined> {
  const versions = await readdir(versionsFolder).catch(() => []);
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join(versionsFolder, newest, "bin");
}

/** Starts a server as the user `postgres` where we are root, whom Postgres refuses. */
export async function startPostgres(programs: string): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "trailwarden-postgres-"));
  const who = await serverUser();
  if (who !== undefined) await chown(folder, who.uid, who.gid);
  const data = join(folder, "data");
  const options = who === undefined ? {} : who;
  await run(join(programs, "initdb"), ["-D", data, "-U", "trailwarden", "-A", "trust", "-E", "UTF8", "--no-sync"], {
    ...options,
    cwd: folder,
  });
  const port = await freePort();
  const args = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-F", "-c", "jit=off"];
  const server = spawn(join(programs, "postgres"), args, { ...options, cwd: folder, stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const address = (database: string) => `postgres://trailwarden@127.0.0.1:${port}/${database}`;
  await untilItAnswers(address("postgres"));
  let databases = 0;
  async function create(template: string): Promise<string> {
    const name = `test${++databases}`;
    await runOnPostgres(address("postgres"), `CREATE DATABASE ${name} TEMPLATE ${template}`);
    return address(name);
  }
  return {
    emptyDatabase: () => create("template1"),
    copyOf: (original) => create(new URL(original).pathname.slice(1)),
    async [Symbol.asyncDispose]() {
      server.kill("SIGQUIT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, "postgres"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await runOnPostgres(url, "SELECT 1");
    } catch (error) {
      if (tries > 200) throw error;
      await pause(50);
    }
  }
}

export async function runOnPostgres(url: string, text: string): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
