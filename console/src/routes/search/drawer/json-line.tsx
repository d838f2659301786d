import { useState } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { JsonLine } from "./json-lines.ts";
import classes from "./json-tab.module.css";

const clipLength = 600;

export interface JsonLineProps {
  readonly line: JsonLine;
  readonly isFolded: boolean;
  readonly isHit: boolean;
  readonly isChosen: boolean;
  readonly onFold: () => void;
  readonly onChoose: () => void;
}

/** One line of the laid-out record. */
export function JsonLineView(props: JsonLineProps) {
  const { line } = props;
  const [isWhole, setWhole] = useState(false);
  const isLong = line.text.length > clipLength;
  const canFold = line.closesAt !== undefined && line.depth > 0;
  return (
    <div
      className={classes["line"]}
      role="treeitem"
      aria-level={line.depth + 1}
      aria-selected={props.isChosen}
      {...(canFold ? { "aria-expanded": !props.isFolded } : {})}
      data-hit={props.isHit}
      style={{ paddingLeft: 22 + line.depth * 16 }}
    >
      {canFold ? (
        <button
          type="button"
          className={classes["fold"]}
          style={{ left: 4 + line.depth * 16 }}
          aria-label={`${props.isFolded ? "Unfold" : "Fold"} ${line.key ?? "entry"}`}
          onClick={props.onFold}
        >
          <Icon name={props.isFolded ? "right" : "down"} size={12} />
        </button>
      ) : null}
      <button type="button" className={classes["handle"]} onClick={props.onChoose}>
        {line.key === undefined ? null : (
          <>
            <span className={classes["key"]}>
              <VisibleText text={line.key} />
            </span>
            <span className={classes["sign"]}>: </span>
          </>
        )}
        <span className={classes[line.kind]}>
          <VisibleText text={isLong && !isWhole ? `${line.text.slice(0, clipLength)}…` : line.text} />
        </span>
        {props.isFolded ? (
          <span className={classes["sign"]}>{` ${String(line.entries ?? 0)} ${line.text === "{" ? "}" : "]"}`}</span>
        ) : null}
        {line.hasComma ? <span className={classes["sign"]}>,</span> : null}
      </button>
      {isLong ? (
        <button
          type="button"
          className={classes["expand"]}
          onClick={() => {
            setWhole(!isWhole);
          }}
        >
          {isWhole ? "less" : `all ${line.text.length.toLocaleString("en-US")} characters`}
        </button>
      ) : null}
    </div>
  );
}
