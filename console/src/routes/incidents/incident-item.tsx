import { Link } from "@tanstack/react-router";
import type { Incident } from "../../incidents-api.ts";
import panel from "../../parts/panel-list.module.css";
import { Icon } from "../../parts/icon.tsx";
import { formatSpan } from "../../parts/instants.ts";
import { LevelMark } from "../../parts/level-mark.tsx";
import { countOf } from "../../parts/numbers.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import { Moment } from "../collect/moment.tsx";
import { useTz } from "../../parts/titled-page.tsx";
import { useAccountNames } from "../verify/use-account-names.ts";
import classes from "./incidents.module.css";
import { StateBadge } from "./state-badge.tsx";

/** An incident in the list: what it is, who and where, and how it stands. */
export function IncidentItem({ incident }: { readonly incident: Incident }) {
  const tz = useTz();
  const { id, name, title, severity, state, closedAs, owner, firstAt, lastAt, findings, events, silentUntil } =
    incident;
  const seconds = (Date.parse(lastAt) - Date.parse(firstAt)) / 1000;
  return (
    <li className={`${panel["row"]} ${classes["item"]}`} data-level={severity} data-state={state}>
      <span className={classes["level"]}>
        <LevelMark level={severity} />
      </span>
      <div className={panel["what"]}>
        <Link to="/incidents/$incident" params={{ incident: id }} search={tz} data-walk className={classes["title"]}>
          <span className={classes["name"]}>{name}</span> <VisibleText text={title} />
        </Link>
        <p className={classes["who"]}>
          <Who incident={incident} />
        </p>
      </div>
      <div className={classes["when"]}>
        <Moment at={lastAt} />
        <span className={classes["soft"]}>{seconds < 1 ? "in one moment" : `within ${formatSpan(seconds)}`}</span>
      </div>
      <div className={classes["counts"]}>
        {countOf(findings, "finding")}
        <span className={classes["soft"]}>{countOf(events, "event")}</span>
      </div>
      <div className={classes["stand"]}>
        <StateBadge state={state} closedAs={closedAs} />
        <span className={classes["soft"]}>
          {owner === "" ? "no owner" : <VisibleText text={owner} />}
          {silentUntil === null ? null : (
            <>
              {" "}
              <Icon name="pause" size={11} /> silent
            </>
          )}
        </span>
      </div>
    </li>
  );
}

/** Who stands behind it, and in which accounts. */
function Who({ incident: { entities, accountIds, regions } }: { readonly incident: Incident }) {
  const names = useAccountNames();
  const actor = entities.find(({ kind }) => kind === "root-actor") ?? entities.find(({ kind }) => kind === "actor");
  const account = accountIds[0];
  return (
    <>
      {actor === undefined ? null : (
        <>
          <Icon name="person" size={12} /> <VisibleText text={actor.label} />
        </>
      )}
      {account === undefined ? null : (
        <>
          {actor === undefined ? "" : " · "}
          <VisibleText text={names.get(account) ?? account} />
          {accountIds.length > 1 ? ` and ${String(accountIds.length - 1)} more` : ""}
        </>
      )}
      {regions.length === 0 ? null : (
        <>
          {" "}
          · <VisibleText text={regions.slice(0, 2).join(", ")} />
          {regions.length > 2 ? ` and ${String(regions.length - 2)} more` : ""}
        </>
      )}
    </>
  );
}
