import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Delivery } from "../../../notify-api.ts";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { Moment } from "../../collect/moment.tsx";
import table from "../../collect/table.module.css";
import filters from "../../verify/integrity.module.css";
import { DeliveryBadge } from "../delivery-badge.tsx";
import { NotifyFrame } from "../notify-frame.tsx";
import { deliveryWords } from "../notify-words.ts";
import { useChannels, useDeliveries } from "../use-notify.ts";
import { deliveryStatuses } from "./deliveries-state.ts";

/** Every try to tell somebody, and what became of it. */
export function DeliveriesPage() {
  const { channel, status } = useSearch({ from: "/notify/deliveries" });
  const navigate = useNavigate({ from: "/notify/deliveries" });
  const deliveries = useDeliveries({ channel, status });
  const rows = deliveries.data?.pages.flatMap((page) => page.deliveries) ?? [];
  const channels = useChannels().data?.map(({ name }) => name) ?? [];
  const known = channel === undefined || channels.includes(channel) ? channels : [...channels, channel];
  return (
    <NotifyFrame
      title="Deliveries"
      lead="Every try to tell somebody, and what the other side said. What fails is tried again, ever more slowly, for a day."
    >
      <div className={filters["filters"]} style={{ margin: "0 0 12px" }}>
        <div className={filters["places"]}>
          <select
            aria-label="Channel"
            className={controls["input"]}
            value={channel ?? ""}
            onChange={(event) => {
              const picked = event.target.value === "" ? undefined : event.target.value;
              void navigate({ search: (last) => ({ ...last, channel: picked }), replace: true });
            }}
          >
            <option value="">All channels</option>
            {known.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <select
            aria-label="What became of it"
            className={controls["input"]}
            value={status ?? ""}
            onChange={(event) => {
              const picked = event.target.value === "" ? undefined : event.target.value;
              void navigate({ search: (last) => ({ ...last, status: picked }), replace: true });
            }}
          >
            <option value="">All</option>
            {deliveryStatuses.map((each) => (
              <option key={each} value={each}>
                {deliveryWords(each)[0]}
              </option>
            ))}
          </select>
        </div>
      </div>
      {deliveries.data === undefined ? (
        deliveries.isError ? (
          <ProblemNote error={deliveries.error} onRetry={() => void deliveries.refetch()} />
        ) : (
          <Delayed>
            <p className={table["soft"]}>Asking what was sent…</p>
          </Delayed>
        )
      ) : rows.length === 0 ? (
        <p className={table["nothing"]}>
          {channel === undefined && status === undefined ? "Nothing was sent yet." : "No delivery is like that."}
        </p>
      ) : (
        <DataTable label="Deliveries" rows={rows} keyOf={({ number }) => String(number)} columns={columns} />
      )}
      {deliveries.hasNextPage ? (
        <button
          type="button"
          className={controls["button"]}
          style={{ marginTop: 12 }}
          disabled={deliveries.isFetchingNextPage}
          onClick={() => void deliveries.fetchNextPage()}
        >
          Show more
        </button>
      ) : null}
    </NotifyFrame>
  );
}

const columns: Columns<Delivery> = [
  { name: "When", cell: ({ at }) => <Moment at={at} /> },
  { name: "Channel", cell: ({ channel }) => <VisibleText text={channel} /> },
  {
    name: "What",
    cell: ({ subject, notices }) => (
      <>
        <VisibleText text={subject} />
        {notices.length > 1 ? <small>{countOf(notices.length, "notice")} together</small> : null}
      </>
    ),
  },
  { name: "What became of it", cell: ({ status }) => <DeliveryBadge status={status} /> },
  {
    name: "Answer",
    cell: ({ answer, tookMs }) => (
      <>
        <VisibleText text={answer} />
        <small>{Math.round(tookMs).toLocaleString("en-US")} ms</small>
      </>
    ),
  },
];
