import type { RecordingReport } from "../../recorder/index.ts";
import { plural, printCount } from "./figures.ts";
import { safeText } from "./safe-text.ts";

/** Every kind of request that is not a record is said where there is one. */
export function printRecordingFigures(figures: RecordingReport): string {
  const parts: readonly (readonly [name: string, count: number, isAlwaysShown?: boolean])[] = [
    ["records", figures.records, true],
    ["unnamed", figures.unnamed, true],
    ["unreadable", figures.unreadable],
    ["data events left out", figures.dataEvents],
    ["the server's own", figures.own],
    ["unanswered", figures.unanswered],
    ["not recorded", figures.unrecorded],
    ["files", figures.delivered],
    ["files waiting", figures.waiting],
  ];
  return parts
    .filter(([, count, isAlwaysShown]) => isAlwaysShown === true || count > 0)
    .map(([name, count]) => `${name}: ${printCount(count)}`)
    .join("  ");
}

/** What came of a recording, when it has ended. */
export function printRecordingEnd(figures: RecordingReport): readonly string[] {
  const services = Object.entries(figures.unnamedByService).map(
    ([name, count]) => `${safeText(name)} ${printCount(count)}`,
  );
  return [
    `${plural(figures.records, "record")} of ${plural(figures.passed, "request")} in ${plural(figures.delivered, "file")}`,
    ...(services.length > 0 ? [`Passed on without a name: ${services.join(", ")}`] : []),
    ...(figures.waiting > 0
      ? [`${plural(figures.waiting, "file")} could not be delivered; the next recording into this folder tries again`]
      : []),
  ];
}
