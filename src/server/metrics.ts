import type { EventStore } from "../store/index.ts";

/** The figures of the store in Prometheus' text format. */
export async function printMetrics(store: EventStore): Promise<string> {
  const { events, logFiles, duplicates, rejected, bytesOnDisk } = await store.statistics();
  return [
    ...gauge("trailwarden_events_stored", "Events stored", events),
    ...gauge("trailwarden_log_files_read", "Log files read", logFiles),
    ...gauge("trailwarden_duplicate_records", "Records that repeated a stored event", duplicates),
    ...gauge("trailwarden_rejected_records", "Records that were refused", rejected),
    ...gauge("trailwarden_events_disk_bytes", "Bytes on disk of the events with their indexes", bytesOnDisk),
    ...gauge(
      "process_resident_memory_bytes",
      "Resident memory of the server without its engine",
      process.memoryUsage.rss(),
    ),
    "",
  ].join("\n");
}

function gauge(name: string, help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`];
}
