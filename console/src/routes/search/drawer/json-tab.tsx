import { useMemo, useState } from "react";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { layOut } from "./json-lines.ts";
import type { JsonLine } from "./json-lines.ts";
import type { FactActions } from "./overview-tab.tsx";
import { JsonLineView } from "./json-line.tsx";
import classes from "./json-tab.module.css";

const linesAtOnce = 1_500;

function shownLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): readonly number[] {
  const shown: number[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    shown.push(index);
    const closesAt = lines[index]?.closesAt;
    if (folded.has(index) && closesAt !== undefined) index = closesAt;
  }
  return shown;
}

function isHit(line: JsonLine, wanted: string): boolean {
  return wanted !== "" && (line.text.toLowerCase().includes(wanted) || (line.key ?? "").toLowerCase().includes(wanted));
}

/** The record laid out: foldable, searchable, every key and value a handle for filtering and copying. */
export function JsonTab({ raw, actions }: { readonly raw: string; readonly actions: FactActions }) {
  const lines = useMemo(() => layOut(raw), [raw]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [chosen, setChosen] = useState(-1);
  const [limit, setLimit] = useState(linesAtOnce);
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const hits = useMemo(
    () => new Set(lines.flatMap((line, index) => (isHit(line, wanted) ? [index] : []))),
    [lines, wanted],
  );
  // A hit inside a folded part would be a hit nobody sees.
  const shown = shownLines(lines, wanted === "" ? folded : new Set());
  const outer = lines.flatMap((line, index) => (line.closesAt !== undefined && line.depth > 0 ? [index] : []));
  const line = lines[chosen];

  return (
    <div className={classes["tab"]}>
      <div className={classes["tools"]}>
        <input
          type="search"
          aria-label="Search in this record"
          placeholder="Search in this record"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
          }}
        />
        {wanted === "" ? null : (
          <span className={classes["hits"]}>{hits.size === 1 ? "1 line" : `${String(hits.size)} lines`}</span>
        )}
        <button
          type="button"
          onClick={() => {
            setFolded(folded.size === 0 ? new Set(outer) : new Set());
          }}
        >
          {folded.size === 0 ? "Fold all" : "Unfold all"}
        </button>
        <button
          type="button"
          onClick={() => {
            actions.copy(raw);
          }}
        >
          Copy whole record
        </button>
      </div>
      {line === undefined ? null : <ChosenPath line={line} actions={actions} />}
      <div className={classes["lines"]} role="tree" aria-label="Record as JSON">
        {shown.slice(0, limit).map((index) => {
          const each = lines[index];
          return each === undefined ? null : (
            <JsonLineView
              key={index}
              line={each}
              isFolded={wanted === "" && folded.has(index)}
              isHit={hits.has(index)}
              isChosen={index === chosen}
              onFold={() => {
                const next = new Set(folded);
                if (!next.delete(index)) next.add(index);
                setFolded(next);
              }}
              onChoose={() => {
                setChosen(index === chosen ? -1 : index);
              }}
            />
          );
        })}
      </div>
      {shown.length > limit ? (
        <button
          type="button"
          className={classes["more"]}
          onClick={() => {
            setLimit(limit + linesAtOnce);
          }}
        >
          Show {String(Math.min(linesAtOnce, shown.length - limit))} more lines
        </button>
      ) : null}
    </div>
  );
}

function ChosenPath({ line, actions }: { readonly line: JsonLine; readonly actions: FactActions }) {
  const value = scalarOf(line);
  return (
    <div className={classes["chosen"]}>
      <code>
        <VisibleText text={line.path === "" ? "(whole record)" : line.path} />
      </code>
      <button
        type="button"
        onClick={() => {
          actions.copy(line.path);
        }}
      >
        Copy path
      </button>
      {value === undefined ? null : (
        <>
          <button
            type="button"
            onClick={() => {
              actions.copy(value);
            }}
          >
            Copy value
          </button>
          {line.path === "" ? null : (
            <>
              <button
                type="button"
                onClick={() => {
                  actions.filter(line.path, value, "in");
                }}
              >
                Filter in
              </button>
              <button
                type="button"
                onClick={() => {
                  actions.filter(line.path, value, "out");
                }}
              >
                Filter out
              </button>
            </>
          )}
        </>
      )}
    </div>
  );
}

function scalarOf(line: JsonLine): string | undefined {
  if (line.kind === "number" || (line.kind === "word" && line.text !== "null")) return line.text;
  if (line.kind !== "string") return undefined;
  try {
    return String(JSON.parse(line.text));
  } catch {
    return undefined;
  }
}
