import { useState, type ReactNode } from "react";
import controls from "../../../parts/controls.module.css";
import { countOf } from "../../../parts/numbers.ts";
import classes from "./hour.module.css";

/** So many things that are well are shown at once: one reads on for what is wrong. */
const fineMax = 5;

export interface ShortListProps<Item> {
  readonly label: string;
  /** What one of those is called that are left out at first. */
  readonly fineName: string;
  /** The bad ones first. */
  readonly items: readonly Item[];
  readonly isFine: (item: Item) => boolean;
  readonly children: (item: Item, above: Item | undefined) => ReactNode;
}

/** Everything that is not well, and some of what is, until all of it is asked for. */
export function ShortList<Item>({ label, fineName, items, isFine, children }: ShortListProps<Item>) {
  const [isWhole, setWhole] = useState(false);
  const problems = items.filter((item) => !isFine(item)).length;
  const shown = isWhole ? items : items.slice(0, problems + fineMax);
  return (
    <>
      <ul className={classes["list"]} aria-label={label}>
        {shown.map((item, index) => children(item, shown[index - 1]))}
      </ul>
      {shown.length < items.length ? (
        <button
          type="button"
          className={`${controls["button"]} ${controls["small"]}`}
          onClick={() => {
            setWhole(true);
          }}
        >
          Show {countOf(items.length - shown.length, `more ${fineName}`)}
        </button>
      ) : null}
    </>
  );
}
