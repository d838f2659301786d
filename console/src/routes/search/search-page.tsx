import { useDocumentTitle } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { CSSProperties } from "react";
import { useCopy } from "../../parts/copy-text.tsx";
import { HelpDialog } from "../../parts/help-dialog.tsx";
import { useKeys } from "../../parts/keys.ts";
import { EventDrawer } from "./drawer/event-drawer.tsx";
import { rememberQuery } from "./editor/recent.ts";
import { SearchEditor } from "./editor/search-editor.tsx";
import type { SearchEditorHandle } from "./editor/search-editor.tsx";
import { EmptyState } from "./empty-state.tsx";
import { FacetColumn } from "./facets/facet-column.tsx";
import { Histogram } from "./histogram/histogram.tsx";
import { MadeUpBanner } from "./made-up-banner.tsx";
import { ProofFacet } from "./proof/proof-facet.tsx";
import { ProofPill } from "./proof/proof-pill.tsx";
import { addFilter, toggleFilter } from "./query-text.ts";
import { ResultBar } from "./result-bar.tsx";
import classes from "./search-page.module.css";
import { useSearchState } from "./search-state.ts";
import { StatusStrip } from "./status-strip.tsx";
import { narrowColumnKeys, pathsOf, readColumns } from "./table/columns.tsx";
import type { CellFilter } from "./table/columns.tsx";
import { EventTable } from "./table/event-table.tsx";
import { TopBar } from "./top-bar.tsx";
import { useDraft } from "./use-draft.ts";
import { useEvents } from "./use-events.ts";
import { useHistogram } from "./use-histogram.ts";
import { useLayout } from "./use-layout.ts";
import { useRangeZoom } from "./use-range-zoom.ts";
import { useStable, useStableActions } from "./use-stable.ts";
import { useWalk } from "./use-walk.ts";

const bucketsWanted = 120;

/** Everything CloudTrail recorded, searchable: who did what, when, from where, how. */
export function SearchPage() {
  const control = useSearchState();
  const { state, question, zone } = control;
  const layout = useLayout();
  const copy = useCopy();
  const editor = useRef<SearchEditorHandle>(null);
  const [isRangeOpen, setRangeOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [turn, setTurn] = useState(0);
  const queries = useQueryClient();
  const draft = useDraft(question.query);
  useDocumentTitle(`${question.query === "" ? "Search" : question.query.slice(0, 80)} · Trailwarden`);
  const columns = readColumns(state.columns ?? (layout.isNarrow ? narrowColumnKeys : undefined));
  const fields = useStable(pathsOf(columns));
  const list = useEvents(question, fields);
  const histogram = useHistogram(question, bucketsWanted, turn);
  const zoom = useRangeZoom(control, histogram);
  const walk = useWalk(control, list, columns.length);

  function run(text: string): void {
    const query = text.trim();
    draft.put(text);
    if (draft.errorIn(query) !== undefined) {
      draft.insistOnError(text);
      return;
    }
    rememberQuery(query);
    if (query !== question.query) {
      control.ask({ query });
      return;
    }
    // Asked once more: what has come in since is wanted, above all in a range that ends now.
    void queries.resetQueries({ queryKey: ["events", question] });
    void queries.invalidateQueries({ queryKey: ["facets"] });
    setTurn(turn + 1);
  }
  /** Adds to what stands in the search line, typed but not yet run included, as long as it can be read. */
  function filter({ field, value }: CellFilter, way: "in" | "out"): void {
    const base = draft.error === undefined ? draft.text.trim() : question.query;
    const wayOf = value === undefined ? (way === "in" ? "out" : "in") : way;
    const query = addFilter(base, field, value, wayOf);
    rememberQuery(query);
    // An event that the filter was taken from still answers; one that is filtered out does not.
    if (way === "in") control.change({ query });
    else control.ask({ query });
  }
  function filterCurrent(way: "in" | "out"): void {
    const found = walk.current === undefined ? undefined : columns[walk.at.column]?.filter(walk.current);
    if (found !== undefined) filter(found, way);
  }
  function setColumns(keys: readonly string[] | undefined): void {
    control.change({ columns: keys?.join(",") }, { replace: true });
  }

  useKeys({
    "/": () => editor.current?.focus(),
    s: () => editor.current?.focus(),
    d: () => {
      setRangeOpen(true);
    },
    j: () => {
      walk.step(1);
    },
    k: () => {
      walk.step(-1);
    },
    ArrowDown: () => {
      walk.step(1);
    },
    ArrowUp: () => {
      walk.step(-1);
    },
    ArrowRight: () => {
      walk.stepColumn(1);
    },
    ArrowLeft: () => {
      walk.stepColumn(-1);
    },
    Enter: walk.openCurrent,
    Escape: walk.close,
    f: () => {
      filterCurrent("in");
    },
    "shift+f": () => {
      filterCurrent("out");
    },
    c: () => {
      copy(location.href, "Link copied");
    },
    "?": () => {
      setHelpOpen(true);
    },
  });
  const actions = useStableActions({ open: walk.open, filter, copy });
  const filterValue = (field: string, value: string, way: "in" | "out") => {
    filter({ field, value }, way);
  };
  function toggleValue(field: string, value: string, way: "in" | "out"): void {
    const base = draft.error === undefined ? draft.text.trim() : question.query;
    const query = toggleFilter(base, field, value, way);
    rememberQuery(query);
    control.ask({ query });
  }
  const frame: CSSProperties & Record<"--drawer-width", string> = {
    "--drawer-width": state.event === undefined || layout.isNarrow ? "0px" : layout.drawerWidth,
  };
  return (
    <div className={classes["page"]} style={frame}>
      <TopBar
        control={control}
        isRangeOpen={isRangeOpen}
        onRangeOpen={setRangeOpen}
        onHelp={() => {
          setHelpOpen(true);
        }}
        editor={
          <SearchEditor
            handle={editor}
            question={question}
            draft={draft.text}
            isWrong={draft.isErrorDue}
            onLeave={() => {
              walk.step(1);
            }}
            placed={draft.placed}
            onDraft={draft.type}
            onRun={run}
          />
        }
      />
      <StatusStrip
        query={question.query}
        error={draft.isErrorDue ? draft.error : undefined}
        onQuery={run}
        draft={draft.text}
        onEdit={() => editor.current?.focus()}
        beside={question.verdict === undefined ? null : <ProofPill control={control} />}
      />
      <MadeUpBanner tz={state.tz} />
      <div className={classes["work"]}>
        {layout.isFacetsShown ? (
          <nav className={classes["facets"]} aria-label="Filter by value">
            <FacetColumn question={question} filter={toggleValue} />
            <ProofFacet control={control} />
          </nav>
        ) : null}
        <main className={classes["main"]}>
          <ResultBar
            histogram={histogram}
            zone={zone}
            question={question}
            columns={columns}
            isFacetsShown={layout.isFacetsShown}
            onFacets={layout.toggleFacets}
            onColumns={setColumns}
            onZoomOut={zoom.zoomOut}
          />
          <Histogram state={histogram} zone={zone} onZoom={zoom.zoomIn} onZoomOut={() => zoom.zoomOut?.()} />
          <EventTable
            list={list}
            columns={columns}
            zone={zone}
            isNarrow={layout.isNarrow}
            at={walk.at}
            openId={state.event}
            actions={actions}
            onRemoveColumn={(key) => {
              setColumns(columns.map((column) => column.key).filter((each) => each !== key));
            }}
            empty={<EmptyState list={list} control={control} />}
          />
        </main>
        {state.event === undefined ? null : (
          <EventDrawer
            id={state.event}
            control={control}
            filter={filterValue}
            onClose={walk.close}
            onStep={walk.step}
            onWidth={layout.setDrawerWidth}
          />
        )}
      </div>
      <HelpDialog
        isOpen={isHelpOpen}
        onClose={() => {
          setHelpOpen(false);
        }}
        onTry={run}
      />
    </div>
  );
}
