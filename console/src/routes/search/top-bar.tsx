import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../../parts/icon.tsx";
import { PageLinks } from "../../parts/page-links.tsx";
import { SchemeSwitch, ZoneSwitch } from "../../parts/view-switches.tsx";
import { Wordmark } from "../../parts/wordmark.tsx";
import type { SearchControl } from "./search-state.ts";
import { TimeRangePicker } from "./time-range/time-range-picker.tsx";
import classes from "./top-bar.module.css";

export interface TopBarProps {
  readonly control: SearchControl;
  readonly editor: ReactNode;
  readonly isRangeOpen: boolean;
  readonly onRangeOpen: (isOpen: boolean) => void;
  readonly onHelp: () => void;
}

/** Name, search line, time range and the switches for how things are shown. */
export function TopBar({ control, editor, isRangeOpen, onRangeOpen, onHelp }: TopBarProps) {
  return (
    <header className={classes["bar"]}>
      <div className={classes["start"]}>
        <Link
          to="/"
          search={{ tz: control.state.tz }}
          className={classes["home"]}
          aria-label="Trailwarden: start a new search"
        >
          <Wordmark />
        </Link>
        <PageLinks tz={control.state.tz} isTight />
      </div>
      <div className={classes["search"]}>{editor}</div>
      <div className={classes["range"]}>
        <TimeRangePicker control={control} isOpen={isRangeOpen} onOpenChange={onRangeOpen} />
      </div>
      <div className={classes["switches"]}>
        <ZoneSwitch
          zone={control.zone}
          onChange={(zone) => {
            control.change({ tz: zone === "local" ? "local" : undefined }, { replace: true });
          }}
        />
        <SchemeSwitch />
        <button
          type="button"
          className={classes["help"]}
          aria-label="Keys and search language"
          title="Help (?)"
          onClick={onHelp}
        >
          <Icon name="help" size={16} />
        </button>
      </div>
    </header>
  );
}
