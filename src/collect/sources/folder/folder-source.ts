import { access, constants, stat } from "node:fs/promises";
import { walkFiles } from "../../find-files.ts";
import { diagnose } from "../diagnose.ts";
import { good, type Finding } from "../findings.ts";
import { defineSource, type CheckContext, type SourceContext } from "../source.ts";
import { FolderNudges } from "./folder-nudges.ts";
import { FolderReading } from "./folder-reading.ts";
import { folderSettings, type FolderSettings } from "./folder-settings.ts";

/** So long a file has to look the same before it is read. */
const stillMsMax = 2_000;
const gapMs = 500;
const hourMs = 3_600_000;
/** Files that a check counts. */
const countedMax = 10_000;

/** Reads whatever log files appear in a folder of this machine: a bucket that is kept in step, a place for exports. */
export const folderSource = defineSource<FolderSettings>({
  type: "folder",
  summary: "Reads log files that appear in a folder of this machine, such as a copy of a bucket or a place for exports",
  settings: folderSettings,
  permissions: [],
  place: ({ path }) => path,
  quietAfterMs: () => 24 * hourMs,
  run: runFolder,
  check: checkFolder,
});

async function runFolder({ path, everySeconds }: FolderSettings, context: SourceContext): Promise<void> {
  const { clock, signal } = context;
  const everyMs = everySeconds * 1000;
  const stillMs = Math.min(everyMs, stillMsMax);
  const reading = new FolderReading(context, { root: path, stillMs });
  using nudges = new FolderNudges(path);
  for (;;) {
    const began = clock.now();
    const { nextAt, lively } = await reading.look();
    const tookMs = clock.now() - began;
    nudges.follow(lively);
    // A folder so large that a look takes long is looked at half of the time at most.
    const now = clock.now();
    const notBefore = now + Math.max(tookMs, gapMs);
    const at = Math.max(notBefore, Math.min(now + everyMs, nextAt ?? Infinity));
    await nudges.waitUntil(at, { notBefore, clock, signal });
  }
}

async function* checkFolder({ path }: FolderSettings, { signal }: CheckContext): AsyncGenerator<Finding> {
  try {
    const status = await stat(path);
    if (!status.isDirectory()) throw Object.assign(new Error(`${path} is no folder`), { code: "ENOTDIR" });
    await access(path, constants.R_OK | constants.X_OK);
  } catch (error) {
    yield diagnose(error, { what: `the folder ${path}` });
    return;
  }
  yield good(`The folder ${path} can be read`);
  let files = 0;
  for await (const one of walkFiles(path)) {
    signal.throwIfAborted();
    if (!("reason" in one) && ++files >= countedMax) break;
  }
  const many = files >= countedMax ? `${countedMax} files or more` : files === 1 ? "1 file" : `${files} files`;
  yield good(`It holds ${many}`);
}
