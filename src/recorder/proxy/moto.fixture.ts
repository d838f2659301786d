import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Where moto is on this machine, an AWS of the Python world; undefined where it is not. */
export const motoServer =
  spawnSync("sh", ["-c", "command -v moto_server"], { encoding: "utf8" }).stdout.trim() || undefined;

const tries = 300;

/** Starts moto on a free port of this machine. */
export async function startMoto(path: string): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort();
  const child = spawn(path, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  for (let count = 0; count < tries && child.exitCode === null; count += 1) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined);
    if (answer !== undefined) break;
    await pause(100);
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
