import type { ReactNode } from "react";
import { VisibleText } from "../../parts/visible-text.tsx";
import { FilterPills } from "./filter-pills.tsx";
import { explain, fixed } from "./query-text.ts";
import type { Clause, QueryError } from "./query-text.ts";
import classes from "./status-strip.module.css";

const examples = ["CreateUser", "mary", "userIdentity.type:Root", "errorCode:AccessDenied", "eventName:Delete*"];

export interface StatusStripProps {
  readonly query: string;
  /** What is wrong with the text in the search line, once there is reason to say so. */
  readonly error: QueryError | undefined;
  readonly onQuery: (query: string) => void;
  /** What stands in the search line. */
  readonly draft: string;
  readonly onEdit: (clause: Clause) => void;
  /** What is filtered beside the search; nothing where nothing is. */
  readonly beside: ReactNode;
}

/** The line under the search: what is filtered, in pieces and in a sentence, or what cannot be read and why. */
export function StatusStrip({ query, error, draft, onQuery, onEdit, beside }: StatusStripProps) {
  if (error !== undefined) {
    const better = fixed(draft, error);
    return (
      <div className={classes["strip"]} role="alert">
        <span className={classes["error"]}>
          <VisibleText text={error.message} />
        </span>
        {better === undefined ? null : (
          <button
            type="button"
            className={classes["fix"]}
            onClick={() => {
              onQuery(better);
            }}
          >
            Search <VisibleText text={better} />
          </button>
        )}
      </div>
    );
  }
  if (query === "" && beside !== null) return <div className={classes["strip"]}>{beside}</div>;
  if (query === "") {
    return (
      <div className={classes["strip"]}>
        <span className={classes["words"]}>Every event, newest first. Try</span>
        <ul className={classes["pills"]} aria-label="Examples">
          {examples.map((example) => (
            <li key={example}>
              <button
                type="button"
                className={classes["example"]}
                onClick={() => {
                  onQuery(example);
                }}
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div className={classes["strip"]}>
      <FilterPills query={query} onQuery={onQuery} onEdit={onEdit} />
      {beside}
      <span className={classes["words"]} data-testid="explanation">
        <VisibleText text={explain(query).slice(0, 600)} />
      </span>
    </div>
  );
}
