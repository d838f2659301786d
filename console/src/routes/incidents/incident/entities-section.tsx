import { Link } from "@tanstack/react-router";
import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { Icon, type IconName } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { Entity, IncidentDetails } from "../../../incidents-api.ts";
import { useTz } from "../../../parts/titled-page.tsx";
import { addFilter } from "../../search/query-text.ts";
import shared from "../../setup/setup.module.css";
import { entityField, entityKinds } from "../incident-words.ts";
import classes from "./sections.module.css";

const shownMax = 5;
const aroundMs = 60 * 60_000;

/** Who and what took part; each leads to all of its events an hour around the incident. */
export function EntitiesSection({ incident }: { readonly incident: IncidentDetails }) {
  const { entities, firstAt, lastAt } = incident;
  const span = {
    from: new Date(Date.parse(firstAt) - aroundMs).toISOString(),
    to: new Date(Date.parse(lastAt) + aroundMs).toISOString(),
  };
  return (
    <section className={shared["card"]} aria-label="Who and what">
      <h2>Who and what</h2>
      {entityKinds.map(([kind, title, icon]) => {
        const those = entities.filter((entity) => entity.kind === kind);
        return those.length === 0 ? null : <Group key={kind} {...{ title, icon, span }} entities={those} />;
      })}
    </section>
  );
}

interface GroupProps {
  readonly title: string;
  readonly icon: IconName;
  readonly entities: readonly Entity[];
  readonly span: { readonly from: string; readonly to: string };
}

function Group({ title, icon, entities, span }: GroupProps) {
  const tz = useTz();
  const [isWhole, setWhole] = useState(false);
  return (
    <div className={classes["group"]}>
      <h3>
        <Icon name={icon} size={13} /> {title}
      </h3>
      <ul>
        {(isWhole ? entities : entities.slice(0, shownMax)).map(({ kind, value, label, events }) => (
          <li key={value}>
            <Link
              to="/"
              search={{ ...tz, ...span, query: addFilter("", entityField(kind), searched(kind, value, label), "in") }}
              title={`Search: ${value.slice(0, 300)}`}
            >
              <VisibleText text={label === "" ? value : label} />
            </Link>
            <span className={classes["soft"]}>{countOf(events, "event")}</span>
          </li>
        ))}
      </ul>
      {entities.length > shownMax && !isWhole ? (
        <button
          type="button"
          className={`${controls["button"]} ${controls["small"]}`}
          onClick={() => {
            setWhole(true);
          }}
        >
          Show all {entities.length}
        </button>
      ) : null}
    </div>
  );
}

/** An actor's key is no value of a record; what people call it by is found as its user. */
function searched(kind: Entity["kind"], value: string, label: string): string {
  if (kind !== "actor" && kind !== "root-actor") return value;
  return value.startsWith("root/") ? "root" : value.startsWith("arn:") ? value : label;
}
