import { Icon } from "../../parts/icon.tsx";
import { formatShortInstant } from "../../parts/instants.ts";
import type { Zone } from "../../parts/instants.ts";
import { countOf, formatNumber } from "../../parts/numbers.ts";
import type { Question } from "../../api.ts";
import classes from "./result-bar.module.css";
import { SaveRule } from "./rule/save-rule.tsx";
import { ColumnMenu } from "./table/column-menu.tsx";
import { pathsOf } from "./table/columns.tsx";
import type { Column } from "./table/columns.tsx";
import { ExportMenu } from "./table/export-menu.tsx";
import type { HistogramState } from "./use-histogram.ts";

export interface ResultBarProps {
  readonly histogram: HistogramState;
  readonly zone: Zone;
  readonly question: Question;
  readonly columns: readonly Column[];
  readonly isFacetsShown: boolean;
  readonly onFacets: () => void;
  readonly onColumns: (keys: readonly string[] | undefined) => void;
  readonly onZoomOut: (() => void) | undefined;
}

/** How much was found, and what can be done with all of it. */
export function ResultBar(props: ResultBarProps) {
  const { histogram, zone } = props;
  return (
    <div className={classes["bar"]}>
      <button
        type="button"
        className={classes["tool"]}
        aria-pressed={props.isFacetsShown}
        aria-label="Filters by value"
        title={props.isFacetsShown ? "Hide the filter column" : "Show the filter column"}
        onClick={props.onFacets}
      >
        <Icon name="panel" />
      </button>
      <CountWords histogram={histogram} />
      {histogram.at.length === 0 || histogram.found === 0 ? null : (
        <span className={classes["span"]}>
          {formatShortInstant(new Date(histogram.from * 1000).toISOString(), zone)} –{" "}
          {formatShortInstant(new Date(histogram.to * 1000).toISOString(), zone)}
        </span>
      )}
      {props.onZoomOut === undefined ? null : (
        <button type="button" className={classes["tool"]} onClick={props.onZoomOut}>
          <Icon name="zoomOut" /> Zoom out
        </button>
      )}
      <span className={classes["gap"]} />
      <SaveRule question={props.question} zone={zone} />
      <ColumnMenu keys={props.columns.map((column) => column.key)} onChange={props.onColumns} />
      <ExportMenu question={props.question} paths={pathsOf(props.columns)} zone={zone} />
    </div>
  );
}

function CountWords({ histogram }: { readonly histogram: HistogramState }) {
  const { status, found, errors } = histogram;
  if (status === "waiting") return <span className={classes["count"]}>&nbsp;</span>;
  if (status === "failed") return <span className={classes["count"]}>The count could not be made</span>;
  if (status === "counting") {
    return (
      <output className={classes["count"]}>
        <strong>Counting…</strong> <span className={classes["span"]}>{formatNumber(found)} so far</span>
      </output>
    );
  }
  const failed = errors.reduce((sum, each) => sum + each, 0);
  return (
    <output className={classes["count"]}>
      <strong data-testid="count">{countOf(found, "event")}</strong>
      {failed === 0 ? null : (
        <span className={classes["failed"]}>
          <i /> {countOf(failed, "error")}
        </span>
      )}
    </output>
  );
}
