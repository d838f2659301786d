import type { Engine } from "./engine/engine.ts";
import { instant } from "./insert.ts";
import { eventsTable, logFilesTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

/** How long the events of a service took, from when they happened. */
export interface DeliveryDelay {
  readonly account: string;
  readonly region: string;
  /** `s3.amazonaws.com` */
  readonly service: string;
  readonly events: number;
  /** Until their log file was delivered, by the minute in its name; seconds. */
  readonly delivered: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Until they could be searched; seconds. */
  readonly searchable: { readonly p50: number; readonly p95: number; readonly max: number };
}

export interface DelayRequest {
  /** Events from this instant on, milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** Delays by account, region and service, the slowest first. Events of files without a time in their name are left out. */
export async function deliveryDelays(engine: Engine, { from, to, limit }: DelayRequest): Promise<DeliveryDelay[]> {
  const quantiles = (delay: string) => `quantile(0.5)(${delay}), quantile(0.95)(${delay}), max(${delay})`;
  const sql = `SELECT account_id, region, event_source, count(), ${quantiles("until_delivered")}, ${quantiles("until_searchable")}
FROM (SELECT account_id, region, event_source,
  greatest(0, toUnixTimestamp(files.delivered) - toUnixTimestamp(event_time)) AS until_delivered,
  greatest(0, toUnixTimestamp(ingested_at) - toUnixTimestamp(event_time)) AS until_searchable
  FROM ${eventsTable} AS events
  INNER JOIN (SELECT log_file, any(delivered_at) AS delivered FROM ${logFilesTable}
    WHERE delivered_at IS NOT NULL GROUP BY log_file) AS files ON events.log_file = files.log_file
  WHERE event_time >= ${instant(from)} AND event_time < ${instant(to)})
GROUP BY account_id, region, event_source ORDER BY quantile(0.95)(until_delivered) DESC, account_id, region, event_source
LIMIT ${Math.trunc(limit)}`;
  const rows = parseRows<(string | number)[]>(await engine.query(sql, { format: "JSONCompactEachRow" }));
  return rows.map(([account, region, service, events, ...delays]) => {
    const [p50 = 0, p95 = 0, max = 0, stored50 = 0, stored95 = 0, storedMax = 0] = delays.map(Number);
    return {
      account: String(account),
      region: String(region),
      service: String(service),
      events: Number(events),
      delivered: { p50, p95, max },
      searchable: { p50: stored50, p95: stored95, max: storedMax },
    };
  });
}
