import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type CollectionWiring } from "./collection-wiring.ts";

/** What a running sandbox says of itself in its folder, for programs of the same person. */
export interface SandboxFile {
  readonly url: string;
  /** For faults, the clock and stories. */
  readonly token: string;
  readonly processId: number;
  readonly region: string;
  readonly accounts: readonly SandboxKeys[];
  /** Where the company's log files arrive, when the company is there. */
  readonly collection?: CollectionWiring;
}

/** An account and a key with all rights in it. */
export interface SandboxKeys {
  readonly id: string;
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

function pathIn(folder: string): string {
  return join(folder, "sandbox.json");
}

export async function writeSandboxFile(folder: string, file: SandboxFile): Promise<void> {
  await writeFile(pathIn(folder), `${JSON.stringify(file)}\n`, { mode: 0o600 });
}

export async function removeSandboxFile(folder: string): Promise<void> {
  await rm(pathIn(folder), { force: true });
}

/** Undefined when there is none, or when its process is gone. */
export async function readSandboxFile(folder: string): Promise<SandboxFile | undefined> {
  try {
    const file = JSON.parse(await readFile(pathIn(folder), "utf8")) as SandboxFile;
    process.kill(file.processId, 0);
    return file;
  } catch {
    return undefined;
  }
}
