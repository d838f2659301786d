import { useEffect, useRef } from "react";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { zoneName } from "../../../parts/instants.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { countVerdicts } from "../../../parts/verdicts.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { HourEvidence, VerdictKind } from "../../../verify-api.ts";
import type { CellPlace } from "../../collect/ledger/ledger-state.ts";
import { useZone } from "../../../parts/titled-page.tsx";
import { EventsLink } from "../events-link.tsx";
import { cellTime } from "../grid/standing-words.ts";
import { hourMs } from "../integrity-state.ts";
import { useHour } from "../use-integrity.ts";
import { DigestList } from "./digest-list.tsx";
import { FileList } from "./file-list.tsx";
import { GapList } from "./gap-list.tsx";
import classes from "./hour.module.css";

export interface HourPanelProps {
  readonly place: CellPlace;
  readonly accountName: string | undefined;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** The evidence of one hour: what no digest speaks for, its digests, its log files; problems first. */
export function HourPanel({ place, accountName, onStep, onClose }: HourPanelProps) {
  const zone = useZone();
  const panel = useRef<HTMLElement>(null);
  const hour = new Date(place.from).toISOString();
  const evidence = useHour({ account: place.accountId, region: place.region, hour });
  const isThere = evidence.data !== undefined;
  useEffect(() => {
    panel.current?.scrollIntoView({ block: "nearest" });
  }, [isThere]);
  return (
    <section ref={panel} className={classes["panel"]} aria-label="Evidence of the hour">
      <header>
        <div>
          <h2>
            {cellTime({ from: place.from, to: place.from + hourMs }, zone)} {zoneName(zone)}
          </h2>
          <p className={classes["soft"]}>
            <VisibleText
              text={`${accountName === undefined ? "" : `${accountName} · `}${place.accountId} in ${place.region}`}
            />
          </p>
        </div>
        <div className={controls["buttons"]}>
          <EventsLink
            account={place.accountId}
            region={place.region}
            from={place.from - deliveryMs}
            to={place.from + hourMs}
          >
            Events of this hour
          </EventsLink>
          <PanelButton
            label="Hour before"
            onClick={() => {
              onStep(-1);
            }}
          />
          <PanelButton
            label="Hour after"
            onClick={() => {
              onStep(1);
            }}
          />
          <button
            type="button"
            className={`${controls["button"]} ${controls["small"]}`}
            aria-label="Close the hour"
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </div>
      </header>
      {evidence.data !== undefined ? (
        <Evidence evidence={evidence.data} place={place} />
      ) : evidence.isError ? (
        <ProblemNote error={evidence.error} onRetry={() => void evidence.refetch()} />
      ) : (
        <Delayed>
          <p className={classes["soft"]}>Reading the evidence…</p>
        </Delayed>
      )}
    </section>
  );
}

/** Events come in a log file that is delivered a quarter of an hour later, as a rule. */
const deliveryMs = 20 * 60_000;

function Evidence({ evidence, place }: { readonly evidence: HourEvidence; readonly place: CellPlace }) {
  const { digests, files, gaps, isCut } = evidence;
  if (digests.length + files.length + gaps.length === 0)
    return <p className={classes["nothing"]}>Nothing was delivered in this hour, and no digest is known of it.</p>;
  const counts: Partial<Record<VerdictKind, number>> = {};
  for (const { kind } of files) counts[kind] = (counts[kind] ?? 0) + 1;
  return (
    <>
      {gaps.length === 0 ? null : <GapList gaps={gaps} />}
      <h3>Digests ({digests.length})</h3>
      {digests.length === 0 ? (
        <p className={classes["nothing"]}>None: nothing that CloudTrail signed speaks for this hour.</p>
      ) : (
        <DigestList digests={digests} />
      )}
      <h3>
        Log files ({files.length}
        {isCut ? " and more" : ""}) <span className={classes["soft"]}>{countVerdicts(counts)}</span>
      </h3>
      {files.length === 0 ? (
        <p className={classes["nothing"]}>None were delivered.</p>
      ) : (
        <FileList files={files} place={place} />
      )}
      {isCut ? (
        <p className={classes["soft"]}>Only a part is shown, problems first: the hour has more log files.</p>
      ) : null}
    </>
  );
}

function PanelButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" className={`${controls["button"]} ${controls["small"]}`} onClick={onClick}>
      {label}
    </button>
  );
}
