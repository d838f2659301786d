import { Link } from "@tanstack/react-router";
import { Icon } from "../../../parts/icon.tsx";
import { formatShortInstant } from "../../../parts/instants.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { IntegrityFinding } from "../../../verify-api.ts";
import { printCell } from "../../collect/ledger/ledger-state.ts";
import { Moment } from "../../collect/moment.tsx";
import { useTz, useZone } from "../../../parts/titled-page.tsx";
import { EventsLink } from "../events-link.tsx";
import { hourMs } from "../integrity-state.ts";
import { fileNameOf, ObjectName } from "../object-name.tsx";
import { isGrave, kindWord } from "./finding-words.ts";
import classes from "./findings.module.css";

/** One thing that is wrong, what to do about it, and where its evidence is. */
export function FindingItem({ finding, isShort = false }: { finding: IntegrityFinding; isShort?: boolean }) {
  const zone = useZone();
  const tz = useTz();
  const { kind, account, region, from, to, foundAt, settledAt, sentence, help, logFile, digest } = finding;
  const start = Math.floor(Date.parse(from) / hourMs) * hourMs;
  const tone = settledAt !== null ? "settled" : isGrave(kind) ? "bad" : "open";
  return (
    <li className={classes["finding"]} data-tone={tone}>
      <header>
        <span className={classes["kind"]}>
          <Icon name={settledAt === null ? "warning" : "check"} />
          {kindWord(kind)}
        </span>
        <span className={classes["where"]}>
          <VisibleText text={[account, region].filter(Boolean).join(" · ")} />
        </span>
        <span className={classes["when"]}>
          {spanWords(from, to, zone)}; found <Moment at={foundAt} />
          {settledAt === null ? null : (
            <>
              , settled <Moment at={settledAt} />
            </>
          )}
        </span>
      </header>
      <p>
        <VisibleText text={sentence} />
      </p>
      {help === "" || isShort ? null : (
        <p className={classes["help"]}>
          <strong>To do:</strong> <VisibleText text={help} />
        </p>
      )}
      {isShort ? null : (
        <>
          {logFile === "" ? null : <ObjectName label="Log file" name={logFile} />}
          {digest === "" || sentence.includes(fileNameOf(digest)) ? null : <ObjectName label="Digest" name={digest} />}
        </>
      )}
      <div className={classes["links"]}>
        <Link
          to="/integrity"
          search={{ ...tz, cell: printCell({ accountId: account, region, from: start }) }}
          className={classes["link"]}
        >
          <Icon name="proof" size={13} /> Evidence of the hour
        </Link>
        <EventsLink
          account={account}
          region={region}
          from={start - 20 * 60_000}
          to={Math.max(Date.parse(to), start + hourMs)}
        >
          Events of that time
        </EventsLink>
      </div>
    </li>
  );
}

function spanWords(from: string, to: string, zone: "utc" | "local"): string {
  const [start, end] = [formatShortInstant(from, zone), formatShortInstant(to, zone)];
  return start === end ? start : `${start} to ${end}`;
}
