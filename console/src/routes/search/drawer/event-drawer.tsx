import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { fetchEvent } from "../../../api.ts";
import type { EventDetails } from "../../../api.ts";
import controls from "../../../parts/controls.module.css";
import { useCopy } from "../../../parts/copy-text.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { SearchControl, SearchState } from "../search-state.ts";
import { parseRecord } from "../wording/record.ts";
import { sentenceOf } from "../wording/sentence.ts";
import { AddressNote } from "./address-note.tsx";
import { Around } from "./around.tsx";
import classes from "./event-drawer.module.css";
import { EventHits } from "./event-hits.tsx";
import { factsOf } from "./facts.ts";
import { JsonTab } from "./json-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import type { FactActions } from "./overview-tab.tsx";
import { ProofLine } from "./proof-line.tsx";
import { RawTab } from "./raw-tab.tsx";
import { WidthHandle } from "./width-handle.tsx";

export interface EventDrawerProps {
  readonly id: string;
  readonly control: SearchControl;
  readonly filter: FactActions["filter"];
  readonly onClose: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onWidth: (pixels: number) => void;
}

/** A sentence stays one: the facts below have every value whole. */
const saidLengthMax = 200;

const tabs: readonly (readonly [key: SearchState["tab"], title: string])[] = [
  [undefined, "Overview"],
  ["json", "JSON"],
  ["raw", "Raw"],
];

/** One event in full beside the list: first a sentence, then facts, then the record itself. */
export function EventDrawer(props: EventDrawerProps) {
  const { id, control } = props;
  const { account, tab } = control.state;
  const copy = useCopy();
  const body = useRef<HTMLDivElement>(null);
  const details = useQuery({
    queryKey: ["event", id, account],
    queryFn: ({ signal }) => fetchEvent(id, account, signal),
    staleTime: Infinity,
  });
  useEffect(() => {
    body.current?.scrollTo({ top: 0 });
  }, [id, tab]);
  return (
    <aside className={classes["drawer"]} aria-label="Event">
      <WidthHandle onWidth={props.onWidth} />
      <header className={classes["head"]}>
        <div className={classes["tabs"]} role="tablist" aria-label="Ways to look at the event">
          {tabs.map(([key, title]) => (
            <button
              key={title}
              type="button"
              role="tab"
              aria-selected={tab === key}
              onClick={() => {
                control.change({ tab: key }, { replace: true });
              }}
            >
              {title}
            </button>
          ))}
        </div>
        <HeadButton
          icon="up"
          label="Previous event (k)"
          onClick={() => {
            props.onStep(-1);
          }}
        />
        <HeadButton
          icon="down"
          label="Next event (j)"
          onClick={() => {
            props.onStep(1);
          }}
        />
        <HeadButton
          icon="link"
          label="Copy link (c)"
          onClick={() => {
            copy(location.href, "Link copied");
          }}
        />
        <HeadButton icon="close" label="Close (Esc)" onClick={props.onClose} />
      </header>
      <div className={classes["body"]} ref={body} tabIndex={-1}>
        {details.data !== undefined ? (
          <DrawerBody details={details.data} control={control} actions={{ filter: props.filter, copy }} />
        ) : details.isError ? (
          <ProblemNote error={details.error} onRetry={() => void details.refetch()} />
        ) : (
          <Delayed>
            <p className={classes["waiting"]}>Reading the event…</p>
          </Delayed>
        )}
      </div>
    </aside>
  );
}

function DrawerBody(props: {
  readonly details: EventDetails;
  readonly control: SearchControl;
  readonly actions: FactActions;
}) {
  const { details, control, actions } = props;
  const record = useMemo(() => parseRecord(details.raw), [details.raw]);
  if (control.state.tab === "json") return <JsonTab key={details.event.id} raw={details.raw} actions={actions} />;
  if (control.state.tab === "raw") return <RawTab raw={details.raw} copy={actions.copy} />;
  return (
    <>
      <p className={classes["sentence"]} data-testid="sentence">
        {sentenceOf(record, details.event, control.zone).map((piece, index) =>
          typeof piece === "string" ? (
            piece
          ) : (
            <strong key={index}>
              <VisibleText text={clip(piece.value, saidLengthMax)} />
            </strong>
          ),
        )}
      </p>
      <AddressNote address={details.event.sourceIp} tz={control.state.tz} />
      <EventHits event={details.event} tz={control.state.tz} />
      {details.logFile === null ? null : (
        <ProofLine logFile={details.logFile} event={details.event} zone={control.zone} copy={actions.copy} />
      )}
      <Around record={record} event={details.event} state={control.state} />
      <OverviewTab groups={factsOf(record, details, control.zone)} actions={actions} />
    </>
  );
}

function clip(text: string, lengthMax: number): string {
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
}

function HeadButton(props: {
  readonly icon: "up" | "down" | "link" | "close";
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={controls["icon"]}
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
