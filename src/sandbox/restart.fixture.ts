import { openSandbox, sandboxAccount } from "./sandbox.fixture.ts";

// A sandbox in a process of its own, for tests that kill it: `node restart.fixture.ts FOLDER SPEED`.

/** What it says on standard output once it is started. */
export interface ChildSays {
  readonly url: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

if (import.meta.main) {
  const [, , folder = "", speed = "1"] = process.argv;
  const { sandbox } = await openSandbox({ folder, speed: Number(speed) });
  const says: ChildSays = { url: sandbox.url, credentials: sandbox.administrator(sandboxAccount) };
  process.stdout.write(`${JSON.stringify(says)}\n`);
}
