import { Fragment, useState } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import classes from "./overview-tab.module.css";
import type { Fact, FactGroup } from "./facts.ts";

export interface FactActions {
  readonly filter: (field: string, value: string, way: "in" | "out") => void;
  readonly copy: (text: string) => void;
}

const clipLength = 240;
const labelLengthMax = 200;

/** The facts of one event in groups; each value can be filtered in, filtered out and copied. */
export function OverviewTab({
  groups,
  actions,
}: {
  readonly groups: readonly FactGroup[];
  readonly actions: FactActions;
}) {
  return (
    <div className={classes["overview"]}>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3>{group.title}</h3>
          <dl>
            {group.facts.map((fact, index) => (
              <FactLine key={`${fact.label} ${String(index)}`} fact={fact} actions={actions} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function FactLine({ fact, actions }: { readonly fact: Fact; readonly actions: FactActions }) {
  const [isWhole, setWhole] = useState(false);
  const { value } = fact;
  const filter = fact.filter ?? (fact.field === undefined ? undefined : { field: fact.field, value });
  const isLong = value.length > clipLength;
  return (
    <div className={classes["fact"]}>
      <dt>
        <FactLabel label={fact.label.slice(0, labelLengthMax)} />
      </dt>
      <dd>
        <span className={fact.isBad === true ? classes["bad"] : undefined}>
          <VisibleText text={isLong && !isWhole ? `${value.slice(0, clipLength)}…` : value} />
        </span>
        {fact.note === undefined ? null : <span className={classes["note"]}>{fact.note}</span>}
        {isLong ? (
          <button
            type="button"
            className={classes["expand"]}
            onClick={() => {
              setWhole(!isWhole);
            }}
          >
            {isWhole ? "Show less" : `Show all ${value.length.toLocaleString("en-US")} characters`}
          </button>
        ) : null}
      </dd>
      <span className={classes["buttons"]}>
        {filter === undefined ? null : (
          <>
            <FactButton
              icon="plus"
              label={`Only events with this ${fact.label}`}
              onClick={() => {
                actions.filter(filter.field, filter.value, "in");
              }}
            />
            <FactButton
              icon="minus"
              label={`Without this ${fact.label}`}
              onClick={() => {
                actions.filter(filter.field, filter.value, "out");
              }}
            />
          </>
        )}
        <FactButton
          icon="copy"
          label={`Copy ${fact.label}`}
          onClick={() => {
            actions.copy(value);
          }}
        />
      </span>
    </div>
  );
}

/** A path breaks after its dots rather than inside a key. */
function FactLabel({ label }: { readonly label: string }) {
  const keys = label.split(".");
  return keys.map((key, index) => (
    <Fragment key={index}>
      <VisibleText text={index < keys.length - 1 ? `${key}.` : key} />
      <wbr />
    </Fragment>
  ));
}

function FactButton(props: {
  readonly icon: "plus" | "minus" | "copy";
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" aria-label={props.label} title={props.label} onClick={props.onClick}>
      <Icon name={props.icon} size={12} />
    </button>
  );
}
