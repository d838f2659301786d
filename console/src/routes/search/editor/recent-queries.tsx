import { Menu } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { readRecent } from "./recent.ts";
import classes from "./search-editor.module.css";

/** The searches made last in this browser. */
export function RecentQueries({
  current,
  onPick,
}: {
  readonly current: string;
  readonly onPick: (query: string) => void;
}) {
  const [recent, setRecent] = useState<readonly string[]>([]);
  return (
    <Menu
      position="bottom-end"
      width={420}
      shadow="md"
      onOpen={() => {
        setRecent(readRecent());
      }}
    >
      <Menu.Target>
        <button type="button" className={classes["button"]} aria-label="Recent searches" title="Recent searches">
          <Icon name="history" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{recent.length === 0 ? "Your searches will be listed here" : "Recent searches"}</Menu.Label>
        {recent.map((query) => (
          <Menu.Item
            key={query}
            disabled={query === current}
            onClick={() => {
              onPick(query);
            }}
          >
            <VisibleText text={query.slice(0, 200)} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
