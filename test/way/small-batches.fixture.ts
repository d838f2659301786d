/** A program that imports a folder in small batches and says on stdout how far it is; made to be killed. */
import { importFiles } from "../../src/collect/index.ts";
import { EventStore } from "../../src/store/index.ts";

const [directory = "", folder = "", batchBytes = "0"] = process.argv.slice(2);

await using store = await EventStore.open({ directory, now: Date.now });
process.stdout.write("open\n");
const summary = await importFiles(
  { paths: [folder], workingDirectory: folder },
  {
    store,
    now: Date.now,
    batchBytes: Number(batchBytes),
    onProgress: ({ filesDone, recordsStored }) => process.stdout.write(`${filesDone} ${recordsStored}\n`),
  },
);
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`done ${JSON.stringify({ ...summary, peakBytes })}\n`);
