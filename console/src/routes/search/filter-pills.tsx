import { Menu } from "@mantine/core";
import { Icon } from "../../parts/icon.tsx";
import { toVisible, VisibleText } from "../../parts/visible-text.tsx";
import classes from "./status-strip.module.css";
import { clausesOf, invertClause, withoutClause } from "./query-text.ts";
import type { Clause } from "./query-text.ts";

export interface FilterPillsProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onEdit: (clause: Clause) => void;
}

/** What the search is made of, piece by piece: each can be edited, turned around or taken away. */
export function FilterPills({ query, onQuery, onEdit }: FilterPillsProps) {
  return (
    <ul className={classes["pills"]} aria-label="Filters">
      {clausesOf(query).map((clause) => (
        <li key={clause.start} className={classes["pill"]} data-out={clause.isNegative}>
          <Menu position="bottom-start" shadow="md">
            <Menu.Target>
              <button type="button" className={classes["pillText"]} title="Edit, turn around or remove">
                <VisibleText text={clause.text.slice(0, 160)} />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                onClick={() => {
                  onEdit(clause);
                }}
              >
                Edit
              </Menu.Item>
              <Menu.Item
                onClick={() => {
                  onQuery(invertClause(query, clause));
                }}
              >
                {clause.isNegative ? "Only these" : "Without these"}
              </Menu.Item>
              <Menu.Item
                onClick={() => {
                  onQuery(clause.text);
                }}
              >
                Keep only this filter
              </Menu.Item>
              <Menu.Item
                onClick={() => {
                  onQuery(withoutClause(query, clause));
                }}
              >
                Remove
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <button
            type="button"
            className={classes["pillRemove"]}
            aria-label={`Remove ${toVisible(clause.text.slice(0, 80))}`}
            onClick={() => {
              onQuery(withoutClause(query, clause));
            }}
          >
            <Icon name="close" size={10} />
          </button>
        </li>
      ))}
    </ul>
  );
}
