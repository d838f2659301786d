import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options: {
  readonly type: "major";
  readonly execution: "sync";
  readonly flavor: "last-resort";
}) => void;

/** Less than this is not worth a tenth of a second in which nothing is answered. */
const worthBytes = 32_000_000;

/**
 * Gives the operating system back what V8 keeps for more work: after a hundred thousand events were judged, 150 of 300
 * megabytes, of which it would keep most for ever (the pages of its young generation). Returns a function for when the
 * server is at rest; it does nothing where not much has come since it was called last.
 */
export function memoryGiver(): () => void {
  let left = 0;
  let collect: Collect | undefined;
  return () => {
    if (process.memoryUsage.rss() < left + worthBytes) return;
    if (collect === undefined) {
      setFlagsFromString("--expose-gc");
      collect = runInNewContext("gc") as Collect;
    }
    collect({ type: "major", execution: "sync", flavor: "last-resort" });
    left = process.memoryUsage.rss();
  };
}
