import { useMemo, useState } from "react";
import { VisibleText } from "../../parts/visible-text.tsx";
import { diffLines, foldLines, type Stretch } from "./diff-lines.ts";
import classes from "./value-change.module.css";

export interface ValueChangeProps {
  /** What is changed, for people. */
  readonly label: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A setting from what it is to what it is to be: marked line by line, what is far from a change folded away. */
export function ValueChange({ label, before, after }: ValueChangeProps) {
  const [isWhole, setWhole] = useState(false);
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const shown: readonly Stretch[] = isWhole ? lines : foldLines(lines);
  return (
    <div className={classes["change"]} role="group" aria-label={label}>
      <p className={classes["manner"]}>{mannerOf(before, after)}</p>
      <div className={classes["lines"]}>
        {shown.map((line, index) =>
          line.sign === "…" ? (
            <button
              key={index}
              type="button"
              onClick={() => {
                setWhole(true);
              }}
            >
              {line.count} {line.count === 1 ? "line stays" : "lines stay"} as before: show
            </button>
          ) : (
            <Line key={index} line={line} />
          ),
        )}
      </div>
    </div>
  );
}

/** Nothing there before or after is said, or it would look like a change of lines. */
function mannerOf(before: unknown, after: unknown): string {
  if (before === null || before === undefined) return "Is not set now; will be:";
  if (after === null || after === undefined) return "Is taken away:";
  return "Lines with + come, lines with − go:";
}

function Line({ line }: { readonly line: Exclude<Stretch, { sign: "…" }> }) {
  const { sign, text } = line;
  const content = (
    <>
      <span aria-hidden="true" className={classes["sign"]}>
        {sign === "-" ? "−" : sign}
      </span>
      <VisibleText text={text} />
    </>
  );
  if (sign === "+") return <ins>{content}</ins>;
  if (sign === "-") return <del>{content}</del>;
  return <div>{content}</div>;
}
