import type { EventStore } from "../store/index.ts";
import { detectingMetrics, type DetectingParts } from "./detecting-metrics.ts";
import { metric, printMetric } from "./metric.ts";

export interface MetricsParts extends DetectingParts {
  readonly store: Pick<EventStore, "statistics">;
}

/** All figures in Prometheus' text format. */
export async function printMetrics(parts: MetricsParts): Promise<string> {
  const { events, logFiles, duplicates, rejected, bytesOnDisk } = await parts.store.statistics();
  const memory = "Resident memory of the server without its engine";
  const all = [
    metric("trailwarden_events_stored", "Events stored", events),
    metric("trailwarden_log_files_read", "Log files read", logFiles),
    metric("trailwarden_duplicate_records", "Records that repeated a stored event", duplicates),
    metric("trailwarden_rejected_records", "Records that were refused", rejected),
    metric("trailwarden_events_disk_bytes", "Bytes on disk of the events with their indexes", bytesOnDisk),
    ...(await detectingMetrics(parts)),
    metric("process_resident_memory_bytes", memory, process.memoryUsage.rss()),
  ];
  return `${all.flatMap(printMetric).join("\n")}\n`;
}
