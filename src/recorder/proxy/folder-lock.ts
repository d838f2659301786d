import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { RecorderError } from "../errors.ts";

/**
 * Takes a folder for one process alone, until it lets go or is killed: the system takes the lock off a file of SQLite
 * when its process is gone, however that went.
 */
export async function lockFolder(folder: string): Promise<Disposable> {
  await mkdir(folder, { recursive: true });
  // Node 22 warns of this module when it is loaded, which concerns only those who record.
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(join(folder, "lock.sqlite"));
  try {
    database.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    throw new RecorderError(`Another recording writes into ${folder}`, {
      code: "recording-in-use",
      fault: "user",
      help: "Stop it first, or name another folder with --into",
      details: { folder },
      cause: error,
    });
  }
  return { [Symbol.dispose]: () => database.close() };
}
