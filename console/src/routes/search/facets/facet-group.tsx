import { useState } from "react";
import type { Facet, Question } from "../../../api.ts";
import { Icon } from "../../../parts/icon.tsx";
import { formatNumber, formatShort } from "../../../parts/numbers.ts";
import { toVisible, VisibleText } from "../../../parts/visible-text.tsx";
import type { FilterState } from "../../../../../src/search/language/index.ts";
import type { FacetField } from "./facet-fields.ts";
import classes from "./facet-column.module.css";
import { useFacetMore } from "./use-facets.ts";

export interface FacetGroupProps {
  readonly facetField: FacetField;
  readonly facet: Facet;
  readonly question: Question;
  readonly stateOf: (value: string) => FilterState;
  readonly filter: (field: string, value: string, way: "in" | "out") => void;
}

/** One field's values; "more" opens a longer list with a search in it. */
export function FacetGroup(props: FacetGroupProps) {
  const { facetField, question } = props;
  const { field, title } = facetField;
  const [isFolded, setFolded] = useState(false);
  const [isLong, setLong] = useState(false);
  const [contains, setContains] = useState("");
  const more = useFacetMore(question, field, isLong, contains);
  const facet = more ?? props.facet;
  const most = Math.max(1, ...facet.values.map(({ count }) => count));
  const isEmpty = props.facet.values.length === 0;
  if (isEmpty) return null;
  return (
    <section className={classes["group"]} aria-label={title}>
      <h3>
        <button
          type="button"
          aria-expanded={!isFolded}
          title={field}
          onClick={() => {
            setFolded(!isFolded);
          }}
        >
          <Icon name={isFolded ? "right" : "down"} size={12} />
          {title}
        </button>
      </h3>
      {isFolded ? null : (
        <>
          {isLong ? (
            <input
              type="search"
              autoFocus
              placeholder={`Find in ${title.toLowerCase()}`}
              aria-label={`Find in ${title}`}
              value={contains}
              onChange={(event) => {
                setContains(event.currentTarget.value);
              }}
            />
          ) : null}
          <ul>
            {facet.values.map((each) => (
              <FacetLine key={each.value} {...props} value={each.value} count={each.count} share={each.count / most} />
            ))}
          </ul>
          {isLong && facet.values.length === 0 ? <p className={classes["note"]}>Nothing contains this</p> : null}
          {props.facet.more || isLong ? (
            <button
              type="button"
              className={classes["more"]}
              onClick={() => {
                setContains("");
                setLong(!isLong);
              }}
            >
              {isLong ? "Show fewer" : "More"}
            </button>
          ) : null}
        </>
      )}
    </section>
  );
}

function FacetLine(
  props: FacetGroupProps & { readonly value: string; readonly count: number; readonly share: number },
) {
  const { facetField, value, count, filter } = props;
  const state = props.stateOf(value);
  const said = facetField.say?.(value) ?? value;
  const label = toVisible(said.slice(0, 200));
  return (
    <li className={classes["line"]} data-state={state}>
      <button
        type="button"
        className={classes["value"]}
        aria-pressed={state === "in"}
        title={`${toVisible(value.slice(0, 500))}\n${formatNumber(count)} events`}
        onClick={(event) => {
          filter(facetField.field, value, event.altKey ? "out" : "in");
        }}
      >
        <span className={classes["bar"]} style={{ transform: `scaleX(${String(props.share)})` }} />
        {state === "in" ? <Icon name="check" size={12} /> : null}
        <VisibleText text={said.slice(0, 200)} className={classes["text"]} />
        <span className={classes["count"]}>{formatShort(count)}</span>
      </button>
      <button
        type="button"
        className={classes["out"]}
        aria-label={`Without ${label}`}
        title={`Without ${label} (or alt-click)`}
        onClick={() => {
          filter(facetField.field, value, "out");
        }}
      >
        <Icon name="minus" size={12} />
      </button>
    </li>
  );
}
