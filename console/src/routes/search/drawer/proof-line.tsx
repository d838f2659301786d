import { Link } from "@tanstack/react-router";
import type { EventDetails, EventRow } from "../../../api.ts";
import { Icon } from "../../../parts/icon.tsx";
import { formatInstant, type Zone } from "../../../parts/instants.ts";
import { VerdictBadge } from "../../../parts/verdict-mark.tsx";
import { withoutWord } from "../../../parts/verdicts.ts";
import { toVisible, VisibleText } from "../../../parts/visible-text.tsx";
import { hourOf } from "./hour-of.ts";
import classes from "./proof-line.module.css";

export interface ProofLineProps {
  readonly logFile: NonNullable<EventDetails["logFile"]>;
  readonly event: EventRow;
  readonly zone: Zone;
  readonly copy: (text: string) => void;
}

/** What is known of the log file that brought the event: the verdict's sentence, the digest, and where the evidence is. */
export function ProofLine({ logFile, event, zone, copy }: ProofLineProps) {
  const { verdict } = logFile;
  const cell = hourOf(logFile, event);
  const digestName = verdict === null ? "" : verdict.digest.slice(verdict.digest.lastIndexOf("/") + 1);
  return (
    <section className={classes["proof"]} aria-label="Proof">
      <p>
        {verdict === null ? (
          <span className={classes["soft"]}>The log file that brought this event is not judged yet.</span>
        ) : (
          <>
            <VerdictBadge kind={verdict.kind} /> {/* The digest's name stands below, where it can be copied. */}
            <VisibleText text={withoutWord(verdict.kind, verdict.sentence).replace(` (${digestName})`, "")} />
          </>
        )}
      </p>
      {verdict === null || verdict.digest === "" ? null : (
        <p className={classes["digest"]}>
          <span className={classes["soft"]}>Digest</span>
          <code title={toVisible(verdict.digest)}>
            <VisibleText text={digestName} />
          </code>
          <button
            type="button"
            aria-label="Copy the name of the digest"
            title="Copy the whole name"
            onClick={() => {
              copy(verdict.digest);
            }}
          >
            <Icon name="copy" size={12} />
          </button>
        </p>
      )}
      <p className={classes["soft"]}>
        {verdict?.chainSince == null || verdict.sentence.includes("unbroken since")
          ? null
          : `Chain unbroken since ${formatInstant(verdict.chainSince, zone)} · `}
        {cell === undefined ? null : (
          <Link to="/integrity" search={{ cell, ...(zone === "local" ? { tz: "local" as const } : {}) }}>
            Evidence of the hour
          </Link>
        )}
      </p>
    </section>
  );
}
