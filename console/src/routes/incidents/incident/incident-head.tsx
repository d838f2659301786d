import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { formatInstant, formatShortInstant } from "../../../parts/instants.ts";
import { LevelMark } from "../../../parts/level-mark.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { IncidentDetails } from "../../../incidents-api.ts";
import { Moment } from "../../collect/moment.tsx";
import { useTz, useZone } from "../../../parts/titled-page.tsx";
import { useAccountNames } from "../../verify/use-account-names.ts";
import { StateBadge } from "../state-badge.tsx";
import { IncidentActions } from "./incident-actions.tsx";
import classes from "./incident.module.css";
import { StagesStrip } from "./stages-strip.tsx";

/** How bad it is, how it stands, what happened in a sentence or two, and what can be done with it. */
export function IncidentHead({ incident }: { readonly incident: IncidentDetails }) {
  const tz = useTz();
  const zone = useZone();
  const names = useAccountNames();
  const { severity, state, closedAs, owner, firstAt, lastAt, openedAt, silentUntil, mergedInto, summary } = incident;
  const accounts = incident.accountIds.map((id) => (names.has(id) ? `${names.get(id) ?? ""} (${id})` : id));
  return (
    <section className={classes["head"]} data-level={severity} aria-label="How it stands">
      <div className={classes["marks"]}>
        <LevelMark level={severity} />
        <StateBadge state={state} closedAs={closedAs} />
        {silentUntil === null ? null : (
          <span className={classes["silent"]}>
            <Icon name="pause" size={12} /> Silent until {formatInstant(silentUntil, zone)}
          </span>
        )}
      </div>
      {mergedInto === null ? null : (
        <p className={classes["merged"]}>
          It is a part of another incident now:{" "}
          <Link to="/incidents/$incident" params={{ incident: mergedInto }} search={tz}>
            go there
          </Link>
        </p>
      )}
      <p className={classes["summary"]} data-testid="summary">
        <VisibleText text={summary} />
      </p>
      <StagesStrip incident={incident} />
      <dl className={classes["facts"]}>
        <Fact name="Owner">{owner === "" ? "nobody yet" : <VisibleText text={owner} />}</Fact>
        <Fact name="Events">
          {countOf(incident.events, "event")} in {countOf(incident.findings, "finding")}
        </Fact>
        <Fact name="First event">{formatShortInstant(firstAt, zone)}</Fact>
        <Fact name="Last event">
          {formatShortInstant(lastAt, zone)} (<Moment at={lastAt} />)
        </Fact>
        <Fact name="Opened">
          <Moment at={openedAt} />
        </Fact>
        <Fact name={accounts.length === 1 ? "Account" : "Accounts"}>
          <VisibleText text={accounts.join(", ")} />
        </Fact>
        {incident.regions.length === 0 ? null : (
          <Fact name={incident.regions.length === 1 ? "Region" : "Regions"}>
            <VisibleText text={incident.regions.join(", ")} />
          </Fact>
        )}
      </dl>
      <IncidentActions incident={incident} />
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
