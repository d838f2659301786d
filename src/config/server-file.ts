import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** How the command line finds the server that has a data folder open. */
export interface ServerFile {
  readonly url: string;
  readonly token: string;
  readonly processId: number;
}

function pathIn(dataDirectory: string): string {
  return join(dataDirectory, "server.json");
}

export async function writeServerFile(dataDirectory: string, file: ServerFile): Promise<void> {
  await writeFile(pathIn(dataDirectory), `${JSON.stringify(file)}\n`, { mode: 0o600 });
}

export async function removeServerFile(dataDirectory: string): Promise<void> {
  await rm(pathIn(dataDirectory), { force: true });
}

/** Undefined when there is none, or when its process is gone. */
export async function readServerFile(dataDirectory: string): Promise<ServerFile | undefined> {
  try {
    const file = JSON.parse(await readFile(pathIn(dataDirectory), "utf8")) as ServerFile;
    process.kill(file.processId, 0);
    return file;
  } catch {
    return undefined;
  }
}
