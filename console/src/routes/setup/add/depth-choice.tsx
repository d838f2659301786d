import { useId } from "react";
import type { Depth } from "../../../setup-types.ts";
import { depths } from "../words.ts";
import classes from "./add-form.module.css";

export interface DepthChoiceProps {
  readonly depth: Depth;
  readonly onPick: (depth: Depth) => void;
}

/** How much Trailwarden may do, each with what that means. */
export function DepthChoice({ depth, onPick }: DepthChoiceProps) {
  const id = useId();
  return (
    <fieldset>
      <legend>How much it may do</legend>
      <div className={classes["depths"]}>
        {depths.map(([each, word, sentence]) => (
          <label key={each}>
            <input
              type="radio"
              name={id}
              checked={each === depth}
              aria-labelledby={`${id}-${each}-word`}
              aria-describedby={`${id}-${each}`}
              onChange={() => {
                onPick(each);
              }}
            />
            <strong id={`${id}-${each}-word`}>{word}</strong>
            <small id={`${id}-${each}`}>{sentence}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
