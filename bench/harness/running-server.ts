import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { BenchError, mustBe } from "./errors.ts";

/** `trailwarden serve` in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly processId: number;
}

const program = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const stopPatienceMs = 10_000;

/** Starts the server in a folder and waits for the address that it prints. */
export async function startServerProcess(args: readonly string[], workingDirectory: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, "serve", "--port", "0", ...args], {
    cwd: workingDirectory,
    env: withoutOurs(process.env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), stopPatienceMs);
    await gone;
    clearTimeout(kill);
  };
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (url !== undefined) return { url, processId: child.pid ?? 0, [Symbol.asyncDispose]: stop };
  }
  await stop();
  throw new BenchError(`The server did not start: ${said}`, { code: "bench-child-failed", fault: "ours" });
}

/** What a person has set for their own Trailwarden must not lead the measured one to their data. */
function withoutOurs(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith("TRAILWARDEN_")));
}

/** Loads the console's page with all that it names, and the first answer that it shows. */
export async function loadConsole(url: string): Promise<void> {
  const page = await fetch(`${url}/`);
  const html = await page.text();
  if (page.status !== 200 || !html.includes("<script"))
    throw new BenchError("The server has no console", {
      code: "bench-not-possible",
      fault: "user",
      help: "Build it first: npm run build",
    });
  const assets = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  const statuses = await Promise.all(assets.map(async (path) => (await fetch(`${url}${path}`)).status));
  for (const status of statuses) mustBe("The status of a file of the console", status, 200);
  mustBe("Whether the console's first search finds events", (await searchOver(url, "")) > 0, true);
}

/** How many rows the first page of a search has. */
export async function searchOver(url: string, query: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/search/events?limit=50&query=${encodeURIComponent(query)}`);
  mustBe("The status of a search", response.status, 200);
  const page = (await response.json()) as { readonly events: readonly unknown[] };
  return page.events.length;
}
